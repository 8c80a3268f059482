// The head of a phone: whose it is and how he stands to the bot, what rings, what is unread, and his menu.

import { disclose, element, icon, iconButton } from "/page/element.js";
import { avatar } from "/page/message.js";
import { showBadge } from "/page/unread.js";

const TYPING_MS = 5000; // Telegram shows a chat action for so long
const RING_MS = 4000; // the only sign at a phone in view, which has no badge
const STANDINGS = { new: "has not started the bot", blocked: "has blocked the bot", deactivated: "has left Telegram" };

export class Head {
  constructor(phone) {
    this._phone = phone;
    this._under = element("p", { class: "under" });
    this._bell = element("span", { class: "bell", "aria-hidden": "true" }, icon("bell"));
    this._badge = element("span", { class: "badge", hidden: true });
    const label = `Menu of ${phone.name}`;
    this._menu = element("div", { class: "panel head-panel", role: "group", "aria-label": label });
    const more = iconButton("more", label, () => {});
    disclose(more, this._menu);
    const words = element("div", { class: "head-words" }, element("h2", {}, phone.name), this._under);
    const parts = [avatar(phone.person.user, "avatar"), words, this._bell, this._badge, more, this._menu];
    this.element = element("header", { class: "head" }, parts);
  }

  refresh() {
    const { about, standing } = this._phone.person;
    const words = [about, STANDINGS[standing]].filter(Boolean).join(" · ");
    this._under.textContent = this._typing ? `${this._phone.world.bot.first_name} is typing…` : words;
    this._under.classList.toggle("typing", Boolean(this._typing));
    this._renderMenu(standing);
    showBadge(this._badge, this._phone.unread.all());
  }

  startTyping() {
    clearTimeout(this._typing);
    this._typing = setTimeout(() => this.stopTyping(), TYPING_MS);
    this.refresh();
  }

  stopTyping() {
    clearTimeout(this._typing);
    this._typing = null;
    this.refresh();
  }

  ring() {
    clearTimeout(this._ringing);
    this._bell.classList.add("ringing");
    this._ringing = setTimeout(() => this._bell.classList.remove("ringing"), RING_MS);
  }

  _renderMenu(standing) {
    if (standing === this._shown) return; // it may be open
    this._shown = standing;
    const isReachable = standing === "new" || standing === "started";
    const choice = (label, press, disabled) =>
      element("button", { type: "button", disabled, on: { click: press } }, label);
    this._menu.replaceChildren(
      choice("Send /start", () => this._phone.send("/start"), !isReachable),
      standing === "blocked"
        ? choice("Unblock the bot", () => this._phone.stand("started"))
        : choice("Block the bot", () => this._phone.stand("blocked"), !isReachable),
    );
  }
}
