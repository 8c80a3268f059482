// What a person writes and sends: the box, the files laid in it, the message that it replies to.

import { commandDrawer, sampleDrawer } from "/page/drawers.js";
import { takeDrops } from "/page/drops.js";
import { element, icon, iconButton } from "/page/element.js";
import { download, RefusedError } from "/page/line.js";
import { fullName, sizeOf, snippet } from "/page/message.js";

const PHOTO = /^image\/(png|jpeg|webp)$/; // what Telegram's apps send as a photo unless they are told not to
const MOST_LINES = 6;

export class Composer {
  constructor(phone) {
    this._phone = phone;
    this._world = phone.world;
    this._files = [];
    this._replied = null;
    this._sending = false;
    this._build();
    takeDrops(phone.element, (files) => {
      this._lay(files);
      this._box.focus();
    });
  }

  _build() {
    const typing = {
      input: () => this._grow(),
      keydown: (event) => this._typed(event),
      paste: (event) => this._lay(event.clipboardData.files, event),
    };
    this._box = element("textarea", { rows: 1, on: typing });
    const picking = { change: () => this._picked() };
    this._picker = element("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files", on: picking });
    this._reply = element("div", { class: "reply-bar", hidden: true });
    this._chips = element("div", { class: "chips", hidden: true });
    this._asPhotos = element("input", { type: "checkbox", checked: true });
    const attach = iconButton("attach", "Attach files", () => this._picker.click());
    const samples = sampleDrawer(this._phone, (sample) => this._sendSample(sample));
    this._samples = samples.button;
    const commands = commandDrawer(this._phone);
    const send = iconButton("send", "Send", () => this._send(), { class: "icon-button send" });
    this._bar = element("div", { class: "bar" }, commands.button, attach, this._samples, this._box, send);
    this._standing = element("div", { class: "standing-bar", hidden: true });
    const above = [commands.panel, samples.panel, this._reply, this._chips, this._standing];
    this.element = element("div", { class: "composer" }, ...above, this._bar, this._picker);
  }

  focus() {
    this._box.focus({ preventScroll: true });
  }

  /** Standing, samples and names as they are now. */
  refresh() {
    const { standing } = this._phone.person;
    const isPrivate = this._phone.chatId > 0;
    const isShut = isPrivate && (standing === "blocked" || standing === "deactivated");
    this._bar.hidden = isShut;
    this._samples.hidden = !this._world.samplesOf(this._phone.id).length;
    this._standing.hidden = !isPrivate || standing === "started";
    this._renderStanding(standing);
    const group = this._world.groups.find(({ id }) => id === this._phone.chatId);
    this._box.setAttribute("aria-label", `Message to ${group?.title ?? this._world.bot.first_name}`);
    this._box.placeholder = this._placeholder || "Message";
  }

  /** The phone has opened another chat: an unanswered question of the bot stands ready there, as in Telegram's apps. */
  enter() {
    this.forgetReply();
    const views = [...this._world.views(this._phone.chatId).values()];
    const answered = views.findLastIndex((view) => view.message.from?.id === this._phone.id);
    for (const view of views.slice(answered + 1)) this.heard(view);
  }

  /** A new message in the open chat: a ForceReply of the bot makes the box answer it, an answer to it ends that. */
  heard(view) {
    const { from, reply_to_message: replied } = view.message;
    const isAnswer = from?.id === this._phone.id && replied && replied.message_id === this._replied?.message_id;
    if (isAnswer) this.forgetReply();
    if (view.by_bot && view.markup?.force_reply) this.replyTo(view, view.markup.input_field_placeholder);
  }

  /** A message went: it can not be replied to any longer. */
  forget(view) {
    if (view.deleted && this._replied?.message_id === view.message.message_id) this.forgetReply();
  }

  replyTo({ message }, placeholder = "") {
    this._replied = message;
    this._placeholder = placeholder;
    const name = fullName(message.from);
    this._reply.replaceChildren(
      icon("reply"),
      element(
        "div",
        { class: "reply-words" },
        element("strong", {}, `Reply to ${name}`),
        element("span", {}, snippet(message)),
      ),
      iconButton("close", "Do not reply to it", () => this.forgetReply()),
    );
    this._reply.hidden = false;
    this.refresh();
    if (this._phone.element.contains(document.activeElement)) this._box.focus();
  }

  forgetReply() {
    this._replied = null;
    this._placeholder = "";
    this._reply.hidden = true;
    this.refresh();
  }

  _renderStanding(standing) {
    if (standing === this._shown) return; // somebody may stand on its button
    this._shown = standing;
    this._standing.replaceChildren(...this._standingBar(standing));
  }

  _standingBar(standing) {
    const button = (label, press) =>
      element("button", { type: "button", class: "primary-button", on: { click: press } }, label);
    switch (standing) {
      case "new":
        return [button("Start", () => this._phone.send("/start"))];
      case "blocked":
        return [element("span", {}, "The bot is blocked."), button("Unblock", () => this._phone.stand("started"))];
      default:
        return [element("span", {}, "This person has left Telegram.")];
    }
  }

  _typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this._send();
    } else if (event.key === "Escape" && this._replied) {
      this.forgetReply();
    }
  }

  _grow() {
    this._box.rows = Math.min(this._box.value.split("\n").length, MOST_LINES);
  }

  _picked() {
    this._lay(this._picker.files);
    this._picker.value = "";
    this._box.focus();
  }

  /** Lay files ready in the box; they are sent with its text as caption. */
  _lay(files, event) {
    if (!files?.length) return;
    event?.preventDefault();
    this._files.push(...files);
    this._showFiles();
  }

  _showFiles() {
    const chips = this._files.map((file) =>
      element(
        "span",
        { class: "chip" },
        element("span", { class: "chip-name" }, file.name),
        element("span", { class: "chip-size" }, sizeOf(file.size)),
        iconButton("close", `Leave out ${file.name}`, () => {
          this._files = this._files.filter((other) => other !== file);
          this._showFiles();
        }),
      ),
    );
    const hasPictures = this._files.some((file) => PHOTO.test(file.type));
    const choice = hasPictures ? element("label", { class: "as-photos" }, this._asPhotos, "Pictures as photos") : null;
    this._chips.replaceChildren(...chips, ...(choice ? [choice] : []));
    this._chips.hidden = !this._files.length;
  }

  async _send() {
    const text = this._box.value.trim();
    if (this._sending || !(text || this._files.length)) return;
    const files = this._files;
    const replyTo = this._replied?.message_id; // the first file that goes ends it
    this._sending = true;
    this._fill("", []); // what comes meanwhile is for the next message
    const left = files.length
      ? await this._sendFiles(files, text, replyTo)
      : { text: (await this._phone.send(text, replyTo)) ? "" : text, files };
    this._sending = false;
    if (left.text || left.files.length) this._fill(this._box.value || left.text, [...left.files, ...this._files]);
    else this._answered(replyTo);
  }

  _fill(text, files) {
    this._box.value = text;
    this._files = files;
    this._grow();
    this._showFiles();
  }

  /** The bot may have asked the next question already: that one stays. */
  _answered(replyTo) {
    if (this._replied?.message_id === replyTo) this.forgetReply();
  }

  /** One message each, in order; two or more of one kind make an album. Returns what could not be sent. */
  async _sendFiles(files, caption, replyTo) {
    const kindOf = (file) => (this._asPhotos.checked && PHOTO.test(file.type) ? "photo" : "document");
    const isAlbum = (kind) => files.filter((file) => kindOf(file) === kind).length > 1;
    const album = { photo: `${Date.now()}1`, document: `${Date.now()}2` };
    for (const [place, file] of files.entries()) {
      const text = place ? "" : caption; // it goes with the first
      const kind = kindOf(file);
      const details = { caption: text, media_group_id: isAlbum(kind) && album[kind], reply_to: replyTo };
      if (!(await this._sendFile(file, kind, details))) return { text, files: files.slice(place) };
    }
    return { text: "", files: [] };
  }

  _sendFile(file, kind, details) {
    const form = new FormData();
    const fields = { kind, chat_id: this._phone.chatId, ...details };
    for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
    form.append("file", file, file.name);
    return this._phone.act("file", form);
  }

  async _sendSample(sample) {
    try {
      const bytes = await download(`/control/samples/${sample.id}`);
      const file = new File([bytes], sample.name, { type: sample.mime_type });
      const replyTo = this._replied?.message_id;
      if (await this._sendFile(file, "document", { reply_to: replyTo })) this._answered(replyTo);
    } catch (refusal) {
      if (!(refusal instanceof RefusedError)) throw refusal;
      this._phone.toast(refusal.message);
    }
    this._box.focus();
  }
}
