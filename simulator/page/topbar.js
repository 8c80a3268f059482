// The bar above the phones: the simulator's clock and what moves it, whether the bot listens, the look.

import { element, iconButton } from "/page/element.js";
import { ask } from "/page/line.js";

const UNHEARD_MS = 4000; // between two polls a bot is at work, not gone

export class Topbar {
  constructor(world, ...buttons) {
    this._world = world;
    this._clock = element("time", { class: "clock-time" });
    this._date = element("span", { class: "clock-date" });
    this._bot = element("span", { class: "connection", role: "status" });
    this._trouble = element("span", { class: "trouble", role: "alert" });
    this._heardAt = -Infinity;
    const move = (label, where) => element("button", { type: "button", on: { click: () => this._move(where) } }, label);
    this.parts = [
      element("h1", {}, `${world.bot.first_name} `, element("span", {}, "simulator")),
      element(
        "div",
        { class: "clock", role: "group", "aria-label": "Clock of the simulator" },
        element("div", { class: "clock-face" }, this._clock, this._date),
        element(
          "div",
          { class: "clock-moves" },
          move("+1 hour", { advance: 3600 }),
          move("Next opening", { next: "opening" }),
          move("Next working day", { next: "working_day" }),
          move("+1 day at 14.00", { next: "day", at: "14:00" }),
        ),
      ),
      this._trouble,
      this._bot,
      element("div", { class: "additions" }, ...buttons),
      themeButton(),
    ];
    world.on("state", (state) => this._show(state));
  }

  lost() {
    this._bot.textContent = "No line to the simulator";
    this._bot.className = "connection off";
  }

  _show({ now, connected, waiting }) {
    const moment = new Date(now);
    const { zone } = this._world;
    const format = (parts) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...parts }).format(moment);
    this._clock.dateTime = now;
    this._clock.textContent = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const date = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
    this._date.textContent = `${date} ${zoneName(zone, moment)}`;
    if (connected) this._heardAt = performance.now();
    const isHeard = performance.now() - this._heardAt < UNHEARD_MS;
    const queue = waiting ? ` · ${waiting} waiting` : "";
    const words = isHeard ? "Bot is connected" : `Bot is not connected${queue}`;
    this._bot.className = isHeard ? "connection on" : "connection off";
    if (this._bot.textContent !== words) this._bot.textContent = words;
  }

  async _move(where) {
    this._trouble.textContent = "";
    try {
      await ask("POST", "/clock", where);
    } catch (refusal) {
      this._trouble.textContent = refusal.message;
    }
  }
}

/** Light and dark as the system has it, until somebody chooses; the choice is kept in this browser. */
function themeButton() {
  const root = document.documentElement;
  const chosen = localStorage.getItem("theme");
  if (chosen) root.dataset.theme = chosen;
  const system = matchMedia("(prefers-color-scheme: dark)");
  return iconButton("moon", "Dark or light", () => {
    const shown = root.dataset.theme ?? (system.matches ? "dark" : "light");
    root.dataset.theme = shown === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
}

/** The zone as Indonesians write it: WIB, WITA, WIT. */
function zoneName(timeZone, moment) {
  const parts = new Intl.DateTimeFormat("id", { timeZone, timeZoneName: "short" }).formatToParts(moment);
  return parts.find(({ type }) => type === "timeZoneName").value;
}
