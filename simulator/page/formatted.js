// A text with its entities as nodes. Offsets count UTF-16 units, as strings do here. What people and bots write becomes
// text nodes only; an address becomes a link only where its scheme can do no harm.

import { element, icon } from "/page/element.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const MOST_ENTITIES = 100; // of one message, as in Telegram
const SHORT_QUOTE = { characters: 120, lines: 3 };

/** `acts`: command(text), visit(address). */
export function formatted(text, entities, acts) {
  const usable = entities
    .filter(({ offset, length }) => Number.isInteger(offset) && offset >= 0 && length > 0)
    .slice(0, MOST_ENTITIES)
    .sort((one, other) => one.offset - other.offset || other.length - one.length);
  return build(text, 0, text.length, usable, acts);
}

function build(text, start, end, entities, acts) {
  const nodes = document.createDocumentFragment();
  let place = start;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, place);
    const to = Math.min(entity.offset + entity.length, end);
    const inside = others.filter((other) => other.offset < to);
    rest = others.filter((other) => other.offset >= to);
    if (from >= to) continue;
    nodes.append(text.slice(place, from));
    nodes.append(wrap(entity, text.slice(from, to), build(text, from, to, inside, acts), acts));
    place = BLOCKS.has(entity.type) && text[to] === "\n" ? to + 1 : to; // a block ends its line by itself
  }
  nodes.append(text.slice(Math.min(place, end), end));
  return nodes;
}

function wrap(entity, words, content, acts) {
  switch (entity.type) {
    case "spoiler":
      return spoiler(content);
    case "blockquote":
      return element("blockquote", {}, content);
    case "expandable_blockquote":
      return expandable(words, content);
    case "bot_command":
      return element("button", { type: "button", class: "link", on: { click: () => acts.command(words) } }, content);
    case "text_link":
      return link(entity.url, content, acts);
    case "url":
      return link(words, content, acts);
    case "date_time":
      return element("time", { class: "mention" }, content);
    case "mention":
    case "text_mention":
    case "hashtag":
      return element("span", { class: "mention" }, content);
    default:
      return TAGS[entity.type] ? element(TAGS[entity.type], {}, content) : content;
  }
}

function link(address, content, acts) {
  const whole = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  if (!/^(https?|mailto|tel):/i.test(whole)) return element("span", { class: "mention" }, content);
  const visit = (event) => {
    if (acts.visit(whole)) event.preventDefault();
  };
  return element("a", { href: whole, target: "_blank", rel: "noopener noreferrer", on: { click: visit } }, content);
}

function spoiler(content) {
  const hidden = element("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Show the spoiler" });
  const show = () => {
    hidden.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.append(element("span", {}, content));
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      show();
    }
  });
  return hidden;
}

function expandable(words, content) {
  const inner = element("div", { class: "quoted" }, content);
  const quote = element("blockquote", {}, inner);
  if (words.length > SHORT_QUOTE.characters || words.split("\n").length > SHORT_QUOTE.lines) {
    quote.classList.add("expandable");
    const button = element(
      "button",
      { type: "button", class: "expand", "aria-expanded": "false", "aria-label": "Whole quote" },
      icon("down"),
    );
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(quote.classList.toggle("expanded")));
    });
    quote.append(button);
  }
  return quote;
}
