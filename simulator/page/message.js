// One message as its article: who, what it replies to, files, text, time and marks, and the keyboard under it.

import { element, icon, iconButton, unseen } from "/page/element.js";
import { formatted } from "/page/formatted.js";
import { pressKey } from "/page/world.js";

const SHEETS = { pdf: "pdf", doc: "doc", docx: "doc", odt: "doc", xls: "xls", xlsx: "xls", csv: "xls", ods: "xls" };
const PACKS = { zip: "zip", rar: "zip", gz: "zip" };
const NUMBERS = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 }); // as the office writes them in the chat
const PICTURES = { jpg: "img", jpeg: "img", png: "img", webp: "img", ppt: "ppt", pptx: "ppt" };

/**
 * `scene`: viewer (user id), isGroup, time(seconds) -> text, isBusy(key), and the acts of the phone:
 * press(view, button), reply(view), show(message id), command(text), visit(address).
 */
export function renderMessage(view, scene) {
  const { message } = view;
  const isOwn = message.from?.id === scene.viewer;
  if (message.group_chat_created) {
    return article(view, "service", element("p", {}, `${fullName(message.from)} created “${message.chat.title}”`));
  }
  const media = renderMedia(message);
  const text = renderText(message, scene);
  const bubble = element(
    "div",
    { class: "bubble" },
    scene.isGroup && !isOwn ? renderName(message.from) : null,
    message.forward_origin ? element("div", { class: "forwarded" }, `Forwarded from ${originOf(message)}`) : null,
    message.reply_to_message ? renderQuote(message.reply_to_message, scene) : null,
    message.show_caption_above_media ? [text, media] : [media, text],
    renderMarks(view, scene),
  );
  const made = article(view, isOwn ? "own" : "other", bubble, renderKeyboard(view, scene));
  made.classList.toggle("with-photo", Boolean(message.photo));
  made.append(iconButton("reply", "Reply", () => scene.reply(view), { class: "icon-button reply" }));
  return made;
}

function article({ message }, side, ...content) {
  const label = side === "own" ? "Own message" : `Message from ${fullName(message.from)}`;
  const attributes = { class: `message ${side}`, "aria-label": label, data: { message: message.message_id } };
  return element("article", attributes, ...content);
}

function renderName(user) {
  return element("div", { class: `name hue-${hue(user)}` }, fullName(user));
}

function renderText(message, scene) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return element("div", { class: "text" }, formatted(text, message.entities ?? message.caption_entities ?? [], scene));
}

function renderMedia(message) {
  if (message.photo) return renderPhoto(message.photo.at(-1), message.has_media_spoiler);
  if (message.document) return renderDocument(message.document);
  return message.voice ? renderVoice(message.voice) : null;
}

function renderPhoto({ width, height, ...photo }, isSpoiler) {
  const address = fileAddress(photo);
  const image = element("img", { src: address, alt: "Photo", width, height, loading: "lazy", draggable: "false" });
  const look = isSpoiler ? "photo veiled" : "photo";
  return element("a", { class: look, href: address, target: "_blank", rel: "noopener" }, image);
}

function renderVoice(voice) {
  return element("audio", { controls: true, preload: "none", src: fileAddress(voice), "aria-label": "Voice note" });
}

function renderDocument(file) {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(file.file_name ?? "")?.[1].toLowerCase() ?? "";
  const sort = SHEETS[ending] ?? PACKS[ending] ?? PICTURES[ending] ?? "any";
  return element(
    "a",
    { class: "file", href: fileAddress(file), download: file.file_name ?? "file" },
    element("span", { class: `file-icon ${sort}`, "aria-hidden": "true" }, ending || "file"),
    element(
      "span",
      { class: "file-words" },
      element("span", { class: "file-name" }, file.file_name ?? "file"),
      element("span", { class: "file-size" }, `${sizeOf(file.file_size)} · Download`),
    ),
  );
}

function renderQuote(replied, scene) {
  return element(
    "button",
    { type: "button", class: "quote", on: { click: () => scene.show(replied.message_id) } },
    unseen("In reply to "),
    element("span", { class: "quote-name" }, fullName(replied.from)),
    element("span", { class: "quote-words" }, snippet(replied)),
  );
}

function renderMarks({ message, silent, by_bot: byBot }, scene) {
  const bell = { class: "silent", title: "Sent without sound" };
  return element(
    "div",
    { class: "marks" },
    silent && byBot ? element("span", bell, icon("bellOff"), unseen("without sound")) : null,
    message.edit_date ? element("span", {}, "edited") : null,
    element("time", { datetime: new Date(message.date * 1000).toISOString() }, scene.time(message.date)),
  );
}

function renderKeyboard(view, scene) {
  const rows = view.message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const render = (button) => {
    const key = pressKey(view.message.chat.id, view.message.message_id, button.callback_data);
    return element(
      "button",
      {
        type: "button",
        class: button.style ? `key ${button.style}` : "key",
        "aria-busy": button.callback_data !== undefined && scene.isBusy(key) ? "true" : null,
        data: { key },
        on: { click: () => scene.press(view, button) },
      },
      button.text,
    );
  };
  return element("div", { class: "keyboard" }, rows.map((row) => element("div", { class: "keys" }, row.map(render))));
}

/** The first words of a message, or what it holds instead. */
export function snippet(message) {
  const words = message.text ?? message.caption ?? message.document?.file_name;
  return words ?? (message.photo ? "Photo" : message.voice ? "Voice note" : "Message");
}

export function fullName(user) {
  return [user?.first_name, user?.last_name].filter(Boolean).join(" ");
}

/** His initial on his colour. */
export function avatar(user, look) {
  return element("span", { class: `${look} hue-${hue(user)}`, "aria-hidden": "true" }, fullName(user).slice(0, 1));
}

/** One of seven colours, always the same for a person. */
function hue(user) {
  return Math.abs(user.id) % 7;
}

/** In steps of 1000, as phones count. */
export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${NUMBERS.format(bytes / 1e3)} KB` : `${NUMBERS.format(bytes / 1e6)} MB`;
}

function fileAddress(file) {
  return `/control/files/${encodeURIComponent(file.file_id)}`;
}

function originOf(message) {
  const origin = message.forward_origin;
  return fullName(origin.sender_user) || origin.sender_user_name || (origin.sender_chat || origin.chat || {}).title || "somebody";
}
