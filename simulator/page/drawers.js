// What opens above the box: the sample files that lie ready for a person, and the bot's menu of commands.

import { disclose, element, iconButton } from "/page/element.js";
import { ask } from "/page/line.js";
import { sizeOf } from "/page/message.js";

/** A button and its panel with the samples of this phone; `send(sample)` does what it says. */
export function sampleDrawer(phone, send) {
  const label = "Sample files";
  return drawer("samples", label, () => {
    const samples = phone.world.samplesOf(phone.id);
    return samples.map((sample) => {
      const note = [sample.note, sizeOf(sample.size)].filter(Boolean).join(" · ");
      return choice(sample.name, note, () => send(sample));
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
  return { button, panel };
}

function choice(words, note, press) {
  return element(
    "button",
    { type: "button", on: { click: press } },
    element("span", { class: "choice" }, words),
    element("span", { class: "choice-note" }, note),
  );
}
