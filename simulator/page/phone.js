// One person's phone: its head with name and marks, the chats it holds, what pops up in it, and its composer.

import { Chat } from "/page/chat.js";
import { Composer } from "/page/composer.js";
import { disclose, element, icon, iconButton, unseen } from "/page/element.js";
import { ask } from "/page/line.js";
import { fullName, hue } from "/page/message.js";
import { pressKey } from "/page/world.js";

const TOAST_MS = 5000;
const TYPING_MS = 5000; // Telegram shows a chat action for so long
const RING_MS = 1600;
const STANDINGS = { new: "has not started the bot", blocked: "has blocked the bot", deactivated: "has left Telegram" };

export class Phone {
  /** `attended()` says whether somebody looks at this phone now, `marked()` is called when its unread marks change. */
  constructor(world, person, { attended, marked }) {
    this.world = world;
    this.person = person;
    this.id = person.user.id;
    this.chatId = this.id;
    this.unread = new Map(); // by chat id: {audible, silent}
    this._attended = () => attended(this);
    this._marked = marked;
    this._busy = new Set();
    this._chats = new Map();
    this._build();
    this.composer = new Composer(this);
    this.element.append(this.composer.element);
    this.refresh();
    this.open(this.id);
    for (const kind of ["pointerdown", "focusin"]) this.element.addEventListener(kind, () => this.read());
  }

  get name() {
    return fullName(this.person.user);
  }

  _build() {
    this._under = element("p", { class: "under" });
    this._badge = element("span", { class: "badge", hidden: true });
    this._bell = element("span", { class: "bell", "aria-hidden": "true" }, icon("bell"));
    this._menu = element("div", { class: "panel head-panel" });
    const more = iconButton("more", `Menu of ${this.name}’s phone`);
    disclose(more, this._menu);
    this._switch = element("div", { class: "switch", role: "group", "aria-label": "Chats", hidden: true });
    this._screen = element("div", { class: "screen" });
    this._toast = element("div", { class: "toast", role: "status" });
    const initial = element("span", { class: `avatar hue-${hue(this.id)}`, "aria-hidden": "true" }, this.name.slice(0, 1));
    this.element = element(
      "section",
      { class: "phone", id: `phone-${this.id}`, "aria-label": `Phone of ${this.name}`, data: { user: this.id } },
      element(
        "header",
        { class: "head" },
        initial,
        element("div", { class: "head-words" }, element("h2", {}, this.name), this._under),
        this._bell,
        this._badge,
        more,
        this._menu,
      ),
      this._switch,
      this._screen,
      this._toast,
    );
  }

  /** Standing, groups and menu as the world has them now. */
  refresh() {
    this.person = this.world.people.get(this.id) ?? this.person;
    this._describe();
    const { standing } = this.person;
    const stand = (to, label) =>
      element("button", { type: "button", disabled: standing === "deactivated", on: { click: () => this._stand(to) } }, label);
    this._menu.replaceChildren(
      standing === "blocked" ? stand("started", "Unblock the bot") : stand("blocked", "Block the bot"),
      element("button", { type: "button", disabled: standing in { blocked: 1, deactivated: 1 }, on: { click: () => this.send("/start") } }, "Send /start"),
    );
    this._renderSwitch();
    this.composer.refresh();
  }

  open(chatId) {
    this.chatId = chatId;
    const chat = this._chat(chatId);
    this._screen.replaceChildren(chat.element);
    chat.scrollToEnd();
    this._renderSwitch();
    this.composer.enter();
    this.read();
  }

  holds(chatId) {
    return chatId === this.id || this.world.groupsOf(this.id).some((group) => group.id === chatId);
  }

  hear(view, isNew) {
    const chatId = view.message.chat.id;
    this._chats.get(chatId)?.put(view);
    if (!isNew) return this.composer.forget(view);
    if (view.by_bot) this._stopTyping();
    if (view.message.from?.id !== this.id) this._arrived(view, chatId);
    if (chatId === this.chatId) this.composer.heard(view);
  }

  typing() {
    clearTimeout(this._typing);
    this._typing = setTimeout(() => this._stopTyping(), TYPING_MS);
    this._describe();
  }

  pressed(key) {
    this._busy.add(key);
    this._mark(key);
  }

  answered(key, answer) {
    this._busy.delete(key);
    this._mark(key);
    if (!answer) return this.toast("The bot did not answer.");
    if (answer.url && !this._visit(answer.url)) window.open(answer.url, "_blank", "noopener");
    if (!answer.text) return;
    if (answer.show_alert) this._alert(answer.text);
    else this.toast(answer.text);
  }

  toast(text) {
    clearTimeout(this._toasting);
    this._toast.textContent = text;
    this._toasting = setTimeout(() => (this._toast.textContent = ""), TOAST_MS);
  }

  /** Do what a person does; a refusal of the simulator is shown on his phone. Returns whether it was done. */
  async act(verb, path, given) {
    try {
      await ask(verb, `/control/people/${this.id}/${path}`, given);
      return true;
    } catch (refusal) {
      this.toast(refusal.message);
      return false;
    }
  }

  send(text, replyTo = null) {
    return this.act("POST", "text", { text, chat_id: this.chatId, reply_to: replyTo });
  }

  /** Nothing is unread in the chat that is open. */
  read() {
    if (this.unread.delete(this.chatId)) this._showUnread();
  }

  count() {
    const counts = [...this.unread.values()];
    const sum = (name) => counts.reduce((total, each) => total + each[name], 0);
    return { audible: sum("audible"), silent: sum("silent") };
  }

  _chat(chatId) {
    if (!this._chats.has(chatId)) {
      const scene = {
        viewer: this.id,
        isGroup: chatId < 0,
        isBusy: (key) => this._busy.has(key),
        press: (view, button) => this._press(view, button),
        reply: (view) => this.composer.replyTo(view),
        command: (text) => this.send(text),
        visit: (address) => this._visit(address),
      };
      this._chats.set(chatId, new Chat(this.world.views(chatId), scene, () => this.world.zone));
    }
    return this._chats.get(chatId);
  }

  async _press(view, button) {
    if (button.url) {
      if (!this._visit(button.url)) window.open(button.url, "_blank", "noopener");
    } else if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
      this.toast("Copied.");
    } else if (button.callback_data === undefined) {
      this.toast("The simulator has nothing behind this button.");
    } else {
      await this._call(view.message, button.callback_data);
    }
  }

  async _call(message, data) {
    const key = pressKey(message.chat.id, message.message_id, data);
    if (this._busy.has(key)) return;
    this.pressed(key);
    const given = { message_id: message.message_id, chat_id: message.chat.id, data, timeout: 0 };
    if (await this.act("POST", "press", given)) return; // the stream tells the answer
    this._busy.delete(key);
    this._mark(key);
  }

  _mark(key) {
    for (const chat of this._chats.values()) {
      for (const button of chat.keys(key)) {
        if (this._busy.has(key)) button.setAttribute("aria-busy", "true");
        else button.removeAttribute("aria-busy");
      }
    }
  }

  /** A start link of this bot is followed on this phone; other addresses are left to the browser. */
  _visit(address) {
    const payload = this.world.payloadOf(address);
    if (payload === null) return false;
    this.open(this.id);
    this.send(`/start ${payload}`.trim());
    return true;
  }

  _stand(standing) {
    return this.act("POST", "standing", { standing });
  }

  _stopTyping() {
    clearTimeout(this._typing);
    this._typing = null;
    this._describe();
  }

  _describe() {
    const words = [this.person.about, STANDINGS[this.person.standing]].filter(Boolean);
    this._under.textContent = this._typing ? `${this.world.bot.first_name} is typing…` : words.join(" · ");
    this._under.classList.toggle("typing", Boolean(this._typing));
    this.element.dataset.standing = this.person.standing;
  }

  _arrived(view, chatId) {
    const sound = view.silent ? "silent" : "audible";
    if (sound === "audible") this._ring();
    if (chatId === this.chatId && this._attended()) return;
    const counts = this.unread.get(chatId) ?? { audible: 0, silent: 0 };
    this.unread.set(chatId, { ...counts, [sound]: counts[sound] + 1 });
    this._showUnread();
  }

  _ring() {
    clearTimeout(this._ringing);
    this._bell.classList.add("ringing");
    this._ringing = setTimeout(() => this._bell.classList.remove("ringing"), RING_MS);
  }

  _showUnread() {
    showBadge(this._badge, this.count());
    this._renderSwitch();
    this._marked(this);
  }

  _renderSwitch() {
    const groups = this.world.groupsOf(this.id);
    this._switch.hidden = !groups.length;
    const chats = [{ id: this.id, title: this.world.bot.first_name }, ...groups];
    const choices = chats.map(({ id, title }) => {
      const badge = element("span", { class: "badge", hidden: true });
      showBadge(badge, this.unread.get(id) ?? { audible: 0, silent: 0 });
      const pressed = String(id === this.chatId);
      return element("button", { type: "button", "aria-pressed": pressed, on: { click: () => this.open(id) } }, title, badge);
    });
    this._switch.replaceChildren(...choices);
  }

  _alert(text) {
    const before = this.element.contains(document.activeElement) ? document.activeElement : null;
    const words = element("p", { id: `alert-${this.id}` }, text);
    const shut = () => {
      veil.remove();
      for (const other of this.element.children) other.inert = false;
      before?.focus();
    };
    const ok = element("button", { type: "button", class: "primary-button", on: { click: shut } }, "OK");
    const box = { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": this.world.bot.first_name, "aria-describedby": words.id };
    const veil = element("div", { class: "veil" }, element("div", box, words, ok));
    veil.addEventListener("keydown", (event) => event.key === "Escape" && shut());
    for (const other of this.element.children) other.inert = true;
    this.element.append(veil);
    if (before || document.activeElement === document.body) ok.focus({ preventScroll: true });
  }
}

/** How many messages are unread, loud where one of them rang. */
export function showBadge(badge, { audible, silent }) {
  badge.hidden = !(audible + silent);
  badge.classList.toggle("quiet", !audible);
  badge.title = `${audible} with sound, ${silent} silent`;
  badge.replaceChildren(String(audible + silent), unseen(audible ? " unread" : " unread, without sound"));
}
