// Where the phones stand: side by side in as many columns as can be read, under each other where there are more, so that
// all are seen at once. The one in hand is the tallest of its column; nothing changes its place for that.

const NARROWEST = 296; // pixels of a phone in which two buttons beside each other can still be read
const SHORTEST = 200; // of one that stands under another; whatever needs more than the page has is scrolled to
const BETWEEN = 8; // as in the style, like the next two
const BESIDE = 12;
const TRACKS = 60; // of the height, in which columns with any few phones are divided
const IN_HAND = 1.6; // times as tall as another of its column

export class Stage {
  /** `row` holds the phones under the bar `above`; `crowded(isIt)` hears whether some of them have to be scrolled to. */
  constructor(row, { above, crowded }) {
    this._row = row;
    this._above = above;
    this._crowded = crowded;
    this._inHand = null;
    addEventListener("resize", () => this.arrange());
  }

  add(phone) {
    this._row.append(phone);
    this.arrange();
  }

  take(phone) {
    this._inHand = phone;
    this.arrange();
  }

  arrange() {
    const phones = [...this._row.querySelectorAll(":scope > .phone")];
    const room = this._row.clientWidth - 2 * BESIDE + BETWEEN;
    const fitting = Math.max(1, Math.floor(room / (NARROWEST + BETWEEN)));
    const columns = Array.from({ length: Math.min(fitting, phones.length) }, () => []);
    phones.forEach((phone, place) => columns[place % columns.length].push(phone));
    const deepest = Math.ceil(phones.length / columns.length) || 1;
    this._row.style.setProperty("--columns", columns.length || 1);
    this._row.style.setProperty("--shortest", `${(deepest * SHORTEST) / TRACKS}px`);
    columns.forEach((column, place) => this._divide(column, place + 1));
    this._crowded(deepest * SHORTEST > innerHeight - this._above.getBoundingClientRect().bottom);
  }

  _divide(column, place) {
    const weights = column.map((phone) => (phone === this._inHand ? IN_HAND : 1));
    const whole = weights.reduce((sum, each) => sum + each, 0);
    let above = 0;
    column.forEach((phone, index) => {
      const from = Math.round((above / whole) * TRACKS);
      above += weights[index];
      phone.style.gridArea = `${from + 1} / ${place} / ${Math.round((above / whole) * TRACKS) + 1} / ${place + 1}`;
    });
  }
}
