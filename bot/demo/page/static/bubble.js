// One message of a chat: words, attachment, buttons.
import { icon, make } from "./elements.js";
import { formatted, link } from "./entities.js";
import { clockTime } from "./riga.js";
import { word } from "./words.js";

/** `does`: {press(message, button), tap(kind, value), edit(message), copy(text)}, what a bubble can set going. */
export function drawMessage(message, bot, does) {
  const sent = new Date(message.sent_at);
  const { id, sender } = message;
  return make("li", { class: `message ${sender}`, dataset: { message: id, sender }, tabindex: "-1" },
    make("div", { class: "bubble" },
      message.attachment && drawAttachment(message.attachment),
      message.text && make("div", { class: "words" }, formatted(message.text, message.entities, bot, does.tap)),
      make("p", { class: "stamp" },
        message.reaction ? make("span", {}, message.reaction) : null,
        message.edited ? make("span", { class: "edited" }, word("edited")) : null,
        make("time", { datetime: message.sent_at }, clockTime(sent)),
        editable(message) ? editButton(message, does) : null)),
    message.keyboard.length ? drawKeyboard(message, bot, does) : null);
}

const editable = (message) => message.sender === "person" && message.text && !message.attachment;

function editButton(message, does) {
  return make("button", {
    type: "button", class: "edit", "aria-label": word("edit"), title: word("edit"), onclick: () => does.edit(message),
  }, icon("pencil"));
}

function drawKeyboard(message, bot, does) {
  const drawRow = (row) => make("div", { class: "row" }, ...row.map((button) => drawKey(message, button, bot, does)));
  return make("div", { class: "keyboard" }, ...message.keyboard.map(drawRow));
}

function drawKey(message, button, bot, does) {
  if (button.url) {
    const key = link(button.url, bot, does.tap, { class: "key" });
    key.append(make("span", {}, button.text), icon("out"));
    return key;
  }
  const busy = button.data !== null && message.spinning.includes(button.data) ? "true" : null;
  const act = button.copies === null ? () => does.press(message, button) : () => does.copy(button.copies);
  const dead = button.data === null && button.copies === null;
  return make("button", { type: "button", class: "key", "aria-busy": busy, disabled: dead, onclick: act },
    make("span", {}, button.text), make("i", { class: "spinner", "aria-hidden": "true" }));
}

function drawAttachment(file) {
  switch (file.kind) {
    case "photo":
      return make("a", { class: "picture", href: file.href, target: "_blank", "aria-label": word("open_picture") },
        make("img", { src: file.href, alt: word("picture") }));
    case "sticker":
      return make("p", { class: "sticker" }, icon("sticker"), make("span", {}, word("sticker")));
    case "location":
      return make("p", { class: "file" }, icon("pin"), make("b", {}, file.name));
    case "contact":
      return make("p", { class: "file" }, icon("card"), make("b", {}, file.name));
    default:
      return make("a", { class: "file", href: file.href, download: file.name },
        icon(file.kind === "voice" ? "voice" : "file"),
        make("span", { class: "about" },
          make("b", {}, file.kind === "voice" ? word("voice") : file.name),
          make("small", {}, [size(file.size), word("download")].filter(Boolean).join(" · "))));
  }
}

function size(bytes) {
  if (bytes === null) return "";
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
