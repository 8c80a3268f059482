// What pops up inside one phone: a toast that goes by itself, an alert that waits for its OK.

import { element, freshId } from "/page/element.js";

const TOAST_MS = 3200;
const FADE_MS = 300; // as long as in the style

export class Popups {
  constructor(phone, title) {
    this._phone = phone;
    this._title = title;
    this._toast = element("div", { class: "toast", role: "status" });
    phone.append(this._toast);
  }

  toast(text) {
    clearTimeout(this._passing);
    this._toast.textContent = text;
    this._toast.classList.add("shown");
    this._passing = setTimeout(() => {
      this._toast.classList.remove("shown");
      this._passing = setTimeout(() => (this._toast.textContent = ""), FADE_MS);
    }, TOAST_MS);
  }

  /** Nothing else in the phone can be reached until it is read; the other phones go on. */
  alert(text) {
    const held = document.activeElement;
    const isOurs = this._phone.contains(held);
    const words = element("p", { id: freshId() }, text);
    const shut = () => {
      veil.remove();
      this._reach(this._phone.querySelector(".veil"));
      if (isOurs) held.focus({ preventScroll: true });
    };
    const ok = element("button", { type: "button", class: "primary-button", on: { click: shut } }, "OK");
    const dialog = {
      class: "alert",
      role: "alertdialog",
      "aria-modal": "true",
      "aria-label": this._title,
      "aria-describedby": words.id,
      on: { keydown: (event) => event.key === "Escape" && shut() },
    };
    const veil = element("div", { class: "veil" }, element("div", dialog, words, ok));
    this._phone.append(veil);
    this._reach(veil);
    if (isOurs || held === document.body) ok.focus({ preventScroll: true });
  }

  /** Only this part of the phone can be reached; null frees all. */
  _reach(part) {
    for (const other of this._phone.children) other.inert = part !== null && other !== part;
  }
}
