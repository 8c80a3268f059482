// The dialogs that bring people: a new person with or without a start link, and a group with the bot in it.

import { element, freshId } from "/page/element.js";
import { ask } from "/page/line.js";
import { fullName } from "/page/message.js";

const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;

/** A button that asks for a name and a start link, makes the person and follows the link on his phone. */
export function newPersonButton(world, made) {
  const name = element("input", { required: true, maxlength: 64, autocomplete: "off" });
  const about = element("input", { maxlength: 128, autocomplete: "off" });
  const choice = element("select");
  const pasted = element("input", { autocomplete: "off", placeholder: "https://t.me/…?start=…" });
  const pastedField = field("Link or code", pasted);
  const expired = element("p", { class: "hint", role: "status" });
  const chosen = () => world.links.find(({ id }) => String(id) === choice.value);
  const filled = {}; // what was filled in from a link, and may be replaced by the next one
  let picked = null; // what somebody has chosen by hand

  function fill(input, words) {
    if (input.value && input.value !== filled[input.id]) return;
    input.value = words;
    filled[input.id] = words;
  }
  function chose() {
    pastedField.hidden = choice.value !== "pasted";
    fill(name, chosen()?.name ?? "");
    fill(about, chosen()?.about ?? "");
  }
  function offer() {
    const links = world.links.map((link) => element("option", { value: link.id }, linkWords(link, world.zone)));
    const none = element("option", { value: "none" }, "None: a stranger");
    choice.replaceChildren(none, ...links, element("option", { value: "pasted" }, "Paste a link or code"));
    const isThere = [...choice.options].some(({ value }) => value === picked);
    choice.value = isThere ? picked : (world.links[0]?.id ?? "none");
    const gone = world.expired.map(({ label }) => label).join(", ");
    expired.textContent = gone && `Expired, and not offered until it is made anew: ${gone}.`;
    expired.hidden = !gone;
    chose();
  }
  choice.addEventListener("change", () => {
    picked = choice.value;
    chose();
  });
  world.on("tray", () => choice.closest("dialog").open && offer());

  return dialogButton("New person", "Create", {
    fields: [field("Start link", choice), pastedField, expired, field("Name", name), field("Post or unit", about)],
    async opening() {
      await world.lookAtTray();
      picked = null;
      offer();
    },
    async submit() {
      const link = chosen();
      const payload = link ? link.payload : choice.value === "pasted" ? readPayload(pasted.value, world) : null;
      if (link) await ask("DELETE", `/control/links/${link.id}`); // first, so that nobody else takes it meanwhile
      const person = await ask("POST", "/control/people", { first_name: name.value.trim(), about: about.value.trim() });
      if (payload) await ask("POST", `/control/people/${person.user.id}/text`, { text: `/start ${payload}` });
      made(person);
    },
  });
}

function linkWords({ label, until }, timeZone) {
  if (!until) return label;
  const parts = { timeZone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return `${label}, until ${new Intl.DateTimeFormat("en-GB", parts).format(new Date(until))}`;
}

/** A button that asks for a title and members and founds a group with the bot in it. */
export function newGroupButton(world) {
  const title = element("input", { required: true, maxlength: 128, autocomplete: "off" });
  const members = element("fieldset");
  return dialogButton("New group", "Create", {
    fields: [field("Title", title), members],
    opening() {
      const boxes = [...world.people.values()].map(({ user }) =>
        element("label", { class: "tick" }, element("input", { type: "checkbox", value: user.id }), fullName(user)),
      );
      members.replaceChildren(element("legend", {}, "Members"), ...boxes);
    },
    async submit() {
      const chosen = [...members.querySelectorAll("input:checked")].map((box) => Number(box.value));
      if (!chosen.length) throw new Error("A group has members: tick at least one.");
      await ask("POST", "/control/groups", { title: title.value.trim(), members: chosen });
    },
  });
}

function readPayload(given, world) {
  const payload = world.payloadOf(given.trim()) || given.trim();
  if (!PAYLOAD.test(payload)) throw new Error(`This is no start link of @${world.bot.username}.`);
  return payload;
}

function field(label, input) {
  input.id = freshId();
  return element("div", { class: "field" }, element("label", { for: input.id }, label), input);
}

function dialogButton(title, verb, { fields, opening, submit }) {
  const trouble = element("p", { class: "trouble", role: "alert" });
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", {}, title),
    ...fields,
    trouble,
    element(
      "div",
      { class: "dialog-buttons" },
      element("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel"),
      element("button", { class: "primary-button" }, verb),
    ),
  );
  const dialog = element("dialog", { "aria-label": title }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await submit();
      dialog.close();
    } catch (refusal) {
      trouble.textContent = refusal.message;
    }
  });
  document.body.append(dialog);
  return element(
    "button",
    {
      type: "button",
      on: {
        async click() {
          form.reset();
          trouble.textContent = "";
          await opening();
          dialog.showModal();
        },
      },
    },
    title,
  );
}
