// Starts the page: loads the world, puts the phones on the stage with a tab each, and follows what changes.

import { element } from "/page/element.js";
import { follow, RefusedError } from "/page/line.js";
import { avatar } from "/page/message.js";
import { newGroupButton, newPersonButton } from "/page/people.js";
import { Phone } from "/page/phone.js";
import { Stage } from "/page/stage.js";
import { Topbar } from "/page/topbar.js";
import { showBadge } from "/page/unread.js";
import { World } from "/page/world.js";

const RETRY_MS = 1000;
const narrow = matchMedia("(max-width: 719px)");
const row = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const bar = document.getElementById("topbar");
const crowded = (isIt) => document.body.classList.toggle("crowded", isIt);
const stage = new Stage(row, { above: bar, crowded });
const phones = new Map(); // by user id: {phone, tab}
const world = new World();
let identity = null;
let chosen = Number(localStorage.getItem("tab"));

await load();
const topbar = new Topbar(world, newPersonButton(world, (person) => choose(person.user.id)), newGroupButton(world));
bar.append(...topbar.parts);
world.on("people", showPeople);
world.on("groups", showPeople);
world.on("tray", refresh);
world.on("message", (view, isNew) => each((phone) => phone.holds(view.message.chat.id) && phone.hear(view, isNew)));
world.on("typing", (chatId) => each((phone) => phone.chatId === chatId && phone.head.startTyping()));
world.on("press", ({ userId, key }) => phones.get(userId)?.phone.pressed(key));
world.on("answer", ({ userId, key, answer }) => phones.get(userId)?.phone.answered(key, answer));
showPeople();
narrow.addEventListener("change", () => choose(chosen));
document.addEventListener("visibilitychange", () => each((phone) => phone.read()));

follow(world.change, {
  world({ id, change }) {
    identity ??= id;
    if (id !== identity || change < world.change) location.reload(); // another world answers at this address now
    world.refresh();
  },
  state: (state) => world.hearState(state),
  change: (change) => world.hear(change),
  lost: () => topbar.lost(),
});

/** A simulator that is just starting is waited for. */
async function load() {
  for (;;) {
    try {
      return await world.load();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function each(act) {
  for (const { phone } of phones.values()) act(phone);
}

function refresh() {
  each((phone) => phone.refresh());
}

function showPeople() {
  for (const [id, person] of world.people) {
    if (!phones.has(id)) add(id, person);
  }
  refresh();
  if (phones.size && !row.querySelector(".chosen")) choose(phones.has(chosen) ? chosen : phones.keys().next().value);
  row.classList.toggle("empty", !phones.size);
}

function add(id, person) {
  const badge = element("span", { class: "badge", hidden: true });
  const phone = new Phone(world, person, {
    marked: ({ unread }) => showBadge(badge, unread.all()),
  });
  const tab = element(
    "button",
    { type: "button", "aria-controls": phone.element.id, on: { click: () => visit(id) } },
    avatar(person.user, "avatar small"),
    element("span", { class: "tab-name" }, phone.name),
    badge,
  );
  for (const kind of ["click", "keydown"]) phone.element.addEventListener(kind, () => take(id)); // after it was done
  phones.set(id, { phone, tab });
  tabs.append(tab);
  stage.add(phone.element);
  if (id === chosen) phone.heed();
}

/** Somebody does something on this phone. */
function take(id) {
  phones.get(id).phone.heed();
  if (chosen !== id) choose(id);
}

function visit(id) {
  take(id);
  choose(id);
  if (!narrow.matches) phones.get(id).phone.composer.focus(); // on a real phone that would open its keyboard
}

/** The phone in hand: the only one on a narrow screen, the tallest of its column on a wide one. */
function choose(id) {
  chosen = id;
  localStorage.setItem("tab", id);
  for (const [other, { phone, tab }] of phones) {
    phone.element.classList.toggle("chosen", other === id);
    if (other === id) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  const found = phones.get(id);
  if (!found) return;
  stage.take(found.phone.element);
  found.tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  found.phone.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (narrow.matches) found.phone.open(found.phone.chatId);
}
