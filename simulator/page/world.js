// What the server has told: people, chats, messages, presses, and what lies ready. It knows nothing of the screen.
//
// Who shows something subscribes: `world.on("people", ...)`. Kinds: people, groups, tray, state, message (view, isNew),
// typing (chatId), press ({userId, key}), answer ({userId, key, answer}; answer null when none came in time).

import { ask, RefusedError } from "/page/line.js";

const ANSWER_MS = 15000;

export class World {
  constructor() {
    this.bot = null;
    this.people = new Map(); // by user id, each {user, standing, about}
    this.groups = []; // chats with their members
    this.chats = new Map(); // by chat id, each a Map of views by message id
    this.samples = [];
    this.links = []; // that hold; `expired` are those whose time is over
    this.expired = [];
    this.zone = "Asia/Jakarta";
    this.change = 0;
    this._listeners = new Map();
    this._presses = new Map(); // by query id, those that wait for their answer
    this._turns = {};
  }

  on(kind, listener) {
    this._listeners.set(kind, [...(this._listeners.get(kind) ?? []), listener]);
  }

  /** Everything as it is now; `change` is taken first, so that what happens meanwhile is told again by the stream. */
  async load() {
    const { user, change } = await ask("GET", "/control/bot");
    this.bot = user;
    this.change = change;
    await Promise.all(["people", "groups", "tray"].map((what) => this._fetch(what)));
    const ids = [...this.people.keys(), ...this.groups.map((group) => group.id)];
    await Promise.all(ids.map((id) => this._loadChat(id)));
  }

  views(chatId) {
    return this.chats.get(chatId) ?? new Map();
  }

  groupsOf(userId) {
    return this.groups.filter((group) => group.members.includes(userId));
  }

  samplesOf(userId) {
    return this.samples.filter((sample) => !sample.for.length || sample.for.includes(userId));
  }

  /** Whether a file of this name and size has gone from this person's phone, whichever way. */
  isSent(sample, userId) {
    const chats = [userId, ...this.groupsOf(userId).map(({ id }) => id)];
    return chats
      .flatMap((id) => [...this.views(id).values()])
      .some(({ message: { from, document: file } }) => {
        return from?.id === userId && file?.file_name === sample.name && file.file_size === sample.size;
      });
  }

  /** The payload of a start link of this very bot, null for any other address. */
  payloadOf(address) {
    let link;
    try {
      link = new URL(address.includes("://") ? address : `https://${address}`);
    } catch {
      return null;
    }
    const isOurs = link.hostname === "t.me" && link.pathname.slice(1).toLowerCase() === this.bot.username.toLowerCase();
    return isOurs ? (link.searchParams.get("start") ?? "") : null;
  }

  hear(change) {
    this.change = change.change;
    switch (change.kind) {
      case "message":
      case "edit":
      case "delete":
        return this._keep(change);
      case "action":
        return this._tell("typing", change.chat_id);
      case "press":
        return this._pressed(change);
      case "answer":
        return this._answered(change.query_id, change.answer);
      case "person":
        return this._look("people");
      case "group":
        return this._look("groups");
      case "tray":
        return this._look("tray");
    }
  }

  /** Look again at all that is no message: the line was away for a while. */
  refresh() {
    for (const what of ["people", "groups", "tray"]) this._look(what);
  }

  /** What lies ready, as it is now: a link expires by the clock alone, and nothing tells of that. */
  lookAtTray() {
    return this._look("tray");
  }

  hearState(state) {
    this._tell("state", state);
  }

  _tell(kind, ...what) {
    for (const listener of this._listeners.get(kind) ?? []) listener(...what);
  }

  _keep(view) {
    const id = view.message.message_id;
    const chat = this.chats.get(view.chat_id) ?? new Map();
    this.chats.set(view.chat_id, chat);
    const isNew = view.kind === "message" && !chat.has(id) && !view.deleted;
    if (view.deleted) chat.delete(id);
    else chat.set(id, view);
    this._tell("message", view, isNew);
  }

  _pressed({ query_id: queryId, user_id: userId, chat_id: chatId, pressed, data }) {
    const press = { userId, key: pressKey(chatId, pressed, data) };
    press.timer = setTimeout(() => this._answered(queryId, null), ANSWER_MS);
    this._presses.set(queryId, press);
    this._tell("press", press);
  }

  _answered(queryId, answer) {
    const press = this._presses.get(queryId);
    if (!press) return;
    clearTimeout(press.timer);
    this._presses.delete(queryId);
    this._tell("answer", { ...press, answer });
  }

  /** As `_fetch`; when the line is broken it is done once more after its return. */
  async _look(what) {
    try {
      await this._fetch(what);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
  }

  /** The newest question counts, whichever answer comes last. */
  async _fetch(what) {
    const turn = (this._turns[what] ?? 0) + 1;
    this._turns[what] = turn;
    const paths = { people: ["people"], groups: ["chats"], tray: ["samples", "links", "hours"] }[what];
    const answers = await Promise.all(paths.map((path) => ask("GET", `/control/${path}`)));
    if (this._turns[what] !== turn) return;
    const { people, chats, samples, links, expired, zone } = Object.assign({}, ...answers);
    if (people) this.people = new Map(people.map((person) => [person.user.id, person]));
    if (chats) this.groups = chats.filter((chat) => chat.id < 0);
    if (samples) Object.assign(this, { samples, links, expired, zone });
    this._tell(what);
  }

  async _loadChat(id) {
    const { messages } = await ask("GET", `/control/chats/${id}/messages`);
    const kept = messages.filter((view) => !view.deleted);
    this.chats.set(id, new Map(kept.map((view) => [view.message.message_id, view])));
  }
}

export function pressKey(chatId, messageId, data) {
  return `${chatId} ${messageId} ${data}`;
}
