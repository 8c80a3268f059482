// Makes elements: text is always text, never markup, whoever wrote it. Used by every module that shows something.

const SVG = "http://www.w3.org/2000/svg";
let ids = 0;
const ICONS = {
  attach: "M8 12.5l6-6a3 3 0 0 1 4.2 4.2l-7.7 7.7a5 5 0 0 1-7-7l7.4-7.4",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20a2 2 0 0 0 4 0",
  bellOff: "M6.5 8a6 6 0 0 1 11.5 2c0 5 2 6 2 7H4c0-1 2-2 2-6M10 20a2 2 0 0 0 4 0M4 4l16 16",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  menu: "M5 7h14M5 12h14M5 17h14",
  more: "M12 5v.01M12 12v.01M12 19v.01",
  moon: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5",
  reply: "M10 6l-6 5 6 5M4 11h9a7 7 0 0 1 7 7",
  samples: "M4 7.5a2 2 0 0 1 2-2h3.5l2 2H18a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z",
  send: "M4 12l16-7-6 15-3-6.5zM11 13.5L20 5",
};

/** An element with attributes (`on` holds listeners, `data` the dataset) and children; null children are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [kind, listener] of Object.entries(value)) made.addEventListener(kind, listener);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** An id that nothing else on the page has. */
export function freshId() {
  ids += 1;
  return `part-${ids}`;
}

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

/** A button that shows an icon and says its label to those who do not see it. */
export function iconButton(name, label, press, attributes = {}) {
  return element(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: press }, ...attributes },
    icon(name),
  );
}

/** Text for screen readers alone. */
export function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

/** Let the button open and close the panel; Escape, a press outside and a choice inside close it. */
export function disclose(button, panel, { opening = () => {} } = {}) {
  const shut = () => {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
  };
  const outside = (event) => {
    if (!panel.contains(event.target) && !button.contains(event.target)) shut();
  };
  const open = async () => {
    await opening();
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    panel.querySelector("button:not([disabled])")?.focus();
  };
  panel.hidden = true;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => (panel.hidden ? open() : shut()));
  panel.addEventListener("click", (event) => {
    if (event.target.closest("button")) shut();
  });
  for (const each of [panel, button]) {
    each.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.stopPropagation();
      shut();
      button.focus();
    });
  }
  panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const choices = [...panel.querySelectorAll("button:not([disabled])")];
    choices.at((choices.indexOf(document.activeElement) + step) % choices.length)?.focus();
  });
}
