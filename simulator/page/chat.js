// The messages of one chat in order, as one person sees them: days, albums, replacing what was edited, scrolling.

import { element, iconButton } from "/page/element.js";
import { renderMessage } from "/page/message.js";
import { showBadge } from "/page/unread.js";

const PARTS = {
  clock: { hour: "2-digit", minute: "2-digit" },
  day: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};
const formats = new Map(); // one takes longer to make than a message to draw
const NEAR_END = 80; // pixels from the bottom within which the log follows what comes
const EXPECTED_MS = 10000; // so long after an act what comes is taken for its outcome
const TO_END = "To the newest message";
const GESTURES = ["wheel", "touchmove", "pointerdown", "keydown"];

export class Chat {
  /**
   * `scene` as in `renderMessage`, without `show` and `time`; `zone()` is the office's time zone, `reached()` is called
   * whenever the newest message comes into sight.
   */
  constructor(views, scene, { zone, reached }) {
    this._zone = zone;
    this._reached = reached;
    this._scene = { ...scene, show: (id) => this.show(id), time: (seconds) => this._clock(seconds) };
    this._articles = new Map();
    this.log = element("div", { class: "log", role: "log", tabindex: 0, "aria-label": "Messages" });
    const down = () => this.scrollToEnd();
    this._toEnd = iconButton("down", TO_END, down, { class: "to-end", hidden: true });
    this._badge = element("span", { class: "badge", hidden: true });
    this._toEnd.append(this._badge);
    this.element = element("div", { class: "chat" }, this.log, this._toEnd);
    this._follows = true; // whether the newest message is kept in sight
    this._expectedUntil = 0;
    this._top = 0;
    this.log.addEventListener("scroll", () => this._scrolled(), { passive: true });
    for (const kind of GESTURES) this.log.addEventListener(kind, () => (this._expectedUntil = 0), { passive: true });
    new ResizeObserver(() => this._follows && this.scrollToEnd()).observe(this.log);
    for (const view of views.values()) this._append(view);
  }

  get isAtEnd() {
    return this._follows;
  }

  /** Its person has done something: he is taken down to what comes of it, unless he turns to something else first. */
  expect() {
    this._expectedUntil = performance.now() + EXPECTED_MS;
  }

  showUnread(counts) {
    showBadge(this._badge, counts);
    this._toEnd.setAttribute("aria-label", [TO_END, this._badge.textContent].filter(Boolean).join(", "));
  }

  /** A message that came, changed or went; a new one that is his own or expected is gone down to from anywhere. */
  put(view, { isNew = false, isOwn = false } = {}) {
    const old = this._articles.get(view.message.message_id);
    if (view.deleted) this._remove(view.message.message_id);
    else if (old) this._replace(old, view);
    else this._append(view);
    const isAwaited = isNew && (isOwn || performance.now() < this._expectedUntil);
    if (this._follows || isAwaited) this.scrollToEnd();
  }

  /** Bring a message into sight and let it light up. */
  show(id) {
    const found = this._articles.get(id);
    if (!found) return;
    found.scrollIntoView({ block: "center" });
    found.classList.remove("lit");
    requestAnimationFrame(() => found.classList.add("lit"));
  }

  scrollToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this._scrolled();
  }

  keys(key) {
    return [...this.log.querySelectorAll(".key")].filter((button) => button.dataset.key === key);
  }

  _append(view) {
    const { message } = view;
    const made = renderMessage(view, this._scene);
    this._articles.set(message.message_id, made);
    const day = this._day(message.date);
    if (day !== this._lastDay) {
      this.log.append(element("div", { class: "day" }, element("span", {}, day)));
      this._lastDay = day;
    }
    const last = this.log.lastElementChild;
    if (message.media_group_id && last?.dataset.album === message.media_group_id) {
      last.append(made);
    } else if (message.media_group_id) {
      const sort = message.photo ? "photos" : "files";
      const side = made.classList.contains("own") ? "own" : "other";
      const attributes = { class: `album ${sort} ${side}`, data: { album: message.media_group_id } };
      this.log.append(element("div", attributes, made));
    } else {
      this.log.append(made);
    }
  }

  /** The new article takes the old one's place; who stood on a button of it stands on the same button again. */
  _replace(old, view) {
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const made = renderMessage(view, this._scene);
    old.replaceWith(made);
    this._articles.set(view.message.message_id, made);
    if (!held) return;
    const same = [...made.querySelectorAll("button")].find((button) => button.textContent === held.textContent);
    (same ?? this.log).focus({ preventScroll: true });
  }

  _remove(id) {
    const gone = this._articles.get(id);
    if (!gone) return;
    this._articles.delete(id);
    const album = gone.closest(".album");
    gone.remove();
    if (album && !album.children.length) album.remove();
    for (const day of this.log.querySelectorAll(".day")) {
      if (day.nextElementSibling && !day.nextElementSibling.classList.contains("day")) continue;
      if (!day.nextElementSibling) this._lastDay = undefined;
      day.remove();
    }
  }

  /** Only who scrolls up leaves the end; a phone that has become narrower or taller meanwhile moves its text by itself. */
  _scrolled() {
    const { scrollHeight, scrollTop, clientHeight, clientWidth } = this.log;
    const shape = `${clientWidth} ${clientHeight}`;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) this._follows = true;
    else if (scrollTop < this._top && shape === this._shape) this._follows = false;
    this._top = scrollTop;
    this._shape = shape;
    this._toEnd.hidden = this._follows;
    if (this._follows) this._reached();
  }

  _clock(seconds) {
    return format(seconds, this._zone(), "clock");
  }

  _day(seconds) {
    return format(seconds, this._zone(), "day");
  }
}

function format(seconds, timeZone, what) {
  const key = `${timeZone} ${what}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone, ...PARTS[what] }));
  return formats.get(key).format(seconds * 1000);
}
