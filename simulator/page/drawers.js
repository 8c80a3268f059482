// What opens above the box: the sample files that lie ready for a person, and the bot's menu of commands.

import { disclose, element, iconButton } from "/page/element.js";
import { ask } from "/page/line.js";
import { sizeOf } from "/page/message.js";

/** A button and its panel with the samples of this phone, sent ones last; `send(sample)` does what it says. */
export function sampleDrawer(phone, send) {
  const label = "Sample files";
  return drawer("samples", label, () => {
    const samples = phone.world.samplesOf(phone.id);
    const sent = new Set(samples.filter((sample) => phone.world.isSent(sample, phone.id)));
    const inOrder = [...samples.filter((sample) => !sent.has(sample)), ...sent];
    return inOrder.map((sample) => {
      const mark = sent.has(sample) ? "✓ sent" : null;
      const note = [mark, sample.note, sizeOf(sample.size)].filter(Boolean).join(" · ");
      return choice(sample.name, note, () => send(sample), sent.has(sample) ? "spent" : null);
    });
  });
}

/** A button and its panel with the commands that the bot's menu shows in the open chat. */
export function commandDrawer(phone) {
  return drawer("menu", "Menu of commands", async () => {
    const { commands } = await ask("GET", `/control/chats/${phone.chatId}/menu`).catch(() => ({ commands: [] }));
    if (!commands.length) return [element("p", { class: "none" }, "The bot has no menu yet.")];
    return commands.map(({ command, description }) =>
      choice(`/${command}`, description, () => phone.send(`/${command}`)),
    );
  });
}

function drawer(drawing, label, list) {
  const button = iconButton(drawing, label, () => {});
  const panel = element("div", { class: "panel", role: "group", "aria-label": label });
  const opening = async () => panel.replaceChildren(element("h3", {}, label), ...(await list()));
  disclose(button, panel, { opening });
  const look = () => panel.classList.toggle("more", panel.scrollHeight - panel.scrollTop - panel.clientHeight > 1);
  panel.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(panel);
  return { button, panel };
}

function choice(words, note, press, look = null) {
  return element(
    "button",
    { type: "button", class: look, on: { click: press } },
    element("span", { class: "choice" }, words),
    element("span", { class: "choice-note" }, note),
  );
}
