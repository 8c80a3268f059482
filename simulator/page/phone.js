// One person's phone: its head with name and marks, the chats it holds, what is pressed in them, and its composer.

import { Chat } from "/page/chat.js";
import { Composer } from "/page/composer.js";
import { element } from "/page/element.js";
import { Head } from "/page/head.js";
import { ask } from "/page/line.js";
import { fullName } from "/page/message.js";
import { Popups } from "/page/popups.js";
import { Unread, showBadge } from "/page/unread.js";
import { pressKey } from "/page/world.js";

const IN_VIEW = 0.5; // of its screen, from which on one is taken to look at it
const OUTCOME_MS = 10000; // so long after an act what rings is its outcome, and calls nobody

export class Phone {
  /** `marked()` is called when its unread marks change. */
  constructor(world, person, { marked }) {
    this.world = world;
    this.person = person;
    this.id = person.user.id;
    this.chatId = this.id;
    this.unread = new Unread();
    this._marked = marked;
    this._busy = new Set(); // keys of buttons that wait for their answer
    this._own = new Set(); // those of them that were pressed on this very page
    this._chats = new Map();
    this._isInView = false;
    this._heededAt = -Infinity;
    this._build();
    this.refresh();
    this.open(this.id);
  }

  get name() {
    return fullName(this.person.user);
  }

  _build() {
    this.head = new Head(this);
    this._switch = element("div", { class: "switch", role: "group", "aria-label": "Chats", hidden: true });
    this._screen = element("div", { class: "screen" });
    this.element = element(
      "section",
      { class: "phone", id: `phone-${this.id}`, "aria-label": `Phone of ${this.name}`, data: { user: this.id } },
      this.head.element,
      this._switch,
      this._screen,
    );
    this._popups = new Popups(this.element, this.world.bot.first_name);
    this.composer = new Composer(this);
    this.element.append(this.composer.element);
    const looking = (entries) => {
      this._isInView = entries.at(-1).intersectionRatio >= IN_VIEW;
      this.read();
    };
    new IntersectionObserver(looking, { threshold: IN_VIEW }).observe(this._screen);
  }

  /** Somebody turns to it, on whichever page: it calls no longer. */
  heed() {
    this._heededAt = performance.now();
    this.element.classList.remove("called");
  }

  /** Standing, groups and what lies ready, as the world has them now. */
  refresh() {
    this.person = this.world.people.get(this.id) ?? this.person;
    this.element.dataset.standing = this.person.standing;
    this.head.refresh();
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

  /** A message of one of its chats came, changed or went. */
  hear(view, isNew) {
    const chatId = view.message.chat.id;
    const isOwn = view.message.from?.id === this.id;
    this._chats.get(chatId)?.put(view, { isNew, isOwn });
    if (!isNew) return this.composer.forget(view);
    if (view.by_bot) this.head.stopTyping();
    if (isOwn) this.heed();
    else this._arrived(view, chatId);
    if (chatId === this.chatId) this.composer.heard(view);
  }

  pressed(key) {
    this.heed();
    this._busy.add(key);
    this._mark(key);
  }

  /** answer is null when none came in time. Only who pressed has to confirm an alert; who watches sees it pass. */
  answered(key, answer) {
    const isOwn = this._own.delete(key);
    this._busy.delete(key);
    this._mark(key);
    if (!answer) return this.toast("The bot did not answer.");
    if (answer.url && isOwn) this._go(answer.url);
    if (answer.text && answer.show_alert && isOwn) this._popups.alert(answer.text);
    else if (answer.text) this.toast(answer.text);
  }

  toast(text) {
    this._popups.toast(text);
  }

  /** Do what a person does; a refusal of the simulator is shown on his phone. Returns whether it was done. */
  async act(path, given) {
    try {
      await ask("POST", `/control/people/${this.id}/${path}`, given);
      return true;
    } catch (refusal) {
      this.toast(refusal.message);
      return false;
    }
  }

  send(text, replyTo = null) {
    return this.act("text", { text, chat_id: this.chatId, reply_to: replyTo });
  }

  stand(standing) {
    return this.act("standing", { standing });
  }

  /** What one sees is read: the end of the open chat, where the phone is in view. */
  read() {
    if (this._isSeen(this.chatId) && this.unread.read(this.chatId)) this._showUnread();
  }

  _isSeen(chatId) {
    const isLookedAt = this._isInView && document.visibilityState === "visible";
    return isLookedAt && chatId === this.chatId && this._chat(chatId).isAtEnd;
  }

  _chat(chatId) {
    if (!this._chats.has(chatId)) {
      const scene = {
        viewer: this.id,
        isGroup: chatId < 0,
        isBusy: (key) => this._busy.has(key),
        press: (view, button) => this._press(view.message, button),
        reply: (view) => this.composer.replyTo(view),
        command: (text) => this.send(text),
        visit: (address) => this._visit(address),
      };
      const beyond = { zone: () => this.world.zone, reached: () => this.read() };
      this._chats.set(chatId, new Chat(this.world.views(chatId), scene, beyond));
    }
    return this._chats.get(chatId);
  }

  async _press(message, button) {
    if (button.url) return this._go(button.url);
    if (button.copy_text) return this._copy(button.copy_text.text);
    if (button.callback_data === undefined) return this.toast("The simulator has nothing behind this button.");
    const data = button.callback_data;
    const key = pressKey(message.chat.id, message.message_id, data);
    if (this._busy.has(key)) return;
    this._own.add(key);
    this.pressed(key);
    this._chat(message.chat.id).expect();
    const given = { message_id: message.message_id, chat_id: message.chat.id, data, timeout: 0 };
    if (await this.act("press", given)) return; // the stream tells the answer
    this._own.delete(key);
    this._busy.delete(key);
    this._mark(key);
  }

  async _copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast("Copied.");
    } catch {
      this.toast("This browser does not let the page copy.");
    }
  }

  _go(address) {
    if (!this._visit(address)) window.open(address, "_blank", "noopener,noreferrer");
  }

  /** A start link of this bot is followed on this phone; any other address is left to the browser. */
  _visit(address) {
    const payload = this.world.payloadOf(address);
    if (payload === null) return false;
    this.open(this.id);
    this.send(`/start ${payload}`.trim());
    return true;
  }

  _mark(key) {
    for (const button of [...this._chats.values()].flatMap((chat) => chat.keys(key))) {
      if (this._busy.has(key)) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }

  _arrived(view, chatId) {
    if (!view.silent) this._ring();
    if (this._isSeen(chatId)) return;
    this.unread.came(chatId, view.silent ? "silent" : "audible");
    this._showUnread();
  }

  /** It rings, and is seen to call until somebody turns to it. */
  _ring() {
    this.head.ring();
    if (performance.now() - this._heededAt > OUTCOME_MS) this.element.classList.add("called");
  }

  _showUnread() {
    this.head.refresh();
    this._renderSwitch();
    for (const [id, chat] of this._chats) chat.showUnread(this.unread.of(id));
    this._marked(this);
  }

  _renderSwitch() {
    const groups = this.world.groupsOf(this.id);
    this._switch.hidden = !groups.length;
    const held = this._switch.contains(document.activeElement);
    const choices = [{ id: this.id, title: this.world.bot.first_name }, ...groups].map(({ id, title }) => {
      const badge = element("span", { class: "badge", hidden: true });
      showBadge(badge, this.unread.of(id));
      const attributes = { type: "button", "aria-pressed": String(id === this.chatId) };
      return element("button", { ...attributes, on: { click: () => this.open(id) } }, title, badge);
    });
    this._switch.replaceChildren(...choices);
    if (held) this._switch.querySelector("[aria-pressed=true]")?.focus();
  }
}
