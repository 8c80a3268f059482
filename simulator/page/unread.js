// What nobody has looked at yet on one phone, by chat: with sound or without, since only the former rings.

import { unseen } from "/page/element.js";

const NOTHING = { audible: 0, silent: 0 };

export class Unread {
  constructor() {
    this._chats = new Map();
  }

  came(chatId, sound) {
    const counts = this.of(chatId);
    this._chats.set(chatId, { ...counts, [sound]: counts[sound] + 1 });
  }

  /** Returns whether there was anything to read. */
  read(chatId) {
    return this._chats.delete(chatId);
  }

  of(chatId) {
    return this._chats.get(chatId) ?? NOTHING;
  }

  all() {
    const add = (sum, each) => ({ audible: sum.audible + each.audible, silent: sum.silent + each.silent });
    return [...this._chats.values()].reduce(add, NOTHING);
  }
}

/** How many messages are unread, loud where one of them rang. */
export function showBadge(badge, { audible, silent }) {
  badge.hidden = !(audible + silent);
  badge.classList.toggle("quiet", !audible);
  badge.title = `${audible} with sound, ${silent} silent`;
  badge.replaceChildren(String(audible + silent), unseen(audible ? " unread" : " unread, without sound"));
}
