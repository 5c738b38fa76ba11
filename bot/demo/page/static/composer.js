// The lower edge of a phone: commands, the message box, attachments, send.
import { icon, make } from "./elements.js";
import { Menu } from "./menu.js";
import { word } from "./words.js";

const TALLEST = 132; // pixels; a longer message scrolls

export class Composer {
  #does;
  #changing = null; // the sent message that is being edited
  #offered = null; // the commands in the menu now, as text
  #commandMenu = new Menu("slash", word("commands"), "commands");
  #attachMenu = new Menu("clip", word("attach"), "attach");
  #picker = make("input", {
    type: "file", class: "unseen", tabindex: "-1", "aria-hidden": "true", dataset: { picker: "" },
    onchange: () => this.#picked(),
  });
  #send = make("button", { type: "submit", class: "send", "aria-label": word("send") }, icon("send"));
  #box;
  #notice;
  #unblock;

  /** `does`: {say(text), edit(message, text), attach(kind), upload(file), block(yes)}. */
  constructor(card, does) {
    this.#does = does;
    this.#box = make("textarea", {
      rows: 1, maxlength: 4096, placeholder: word("message"), enterkeyhint: "send", dataset: { composer: "" },
      "aria-label": word("message_to_bot", { name: card.label }),
      oninput: () => this.#fit(), onkeydown: (event) => this.#key(event),
    });
    const stop = { type: "button", "aria-label": word("stop_editing"), onclick: () => this.#clear() };
    this.#notice = make("p", { class: "changing", hidden: true },
      icon("pencil"), make("span", {}, word("editing")), make("button", stop, icon("close")));
    this.#unblock = make("button", {
      type: "button", class: "unblock", hidden: true, dataset: { unblock: "" }, onclick: () => does.block(false),
    }, word("unblock"));
    this.element = make("form", { class: "composer", onsubmit: (event) => this.#submit(event) },
      this.#unblock, this.#notice, this.#commandMenu.element, this.#box, this.#attachMenu.element, this.#send,
      this.#picker);
    this.#attachMenu.fill([
      { icon: "sticker", label: word("sticker"), choose: () => does.attach("sticker") },
      { icon: "voice", label: word("voice"), choose: () => does.attach("voice") },
      { icon: "pin", label: word("location"), choose: () => does.attach("location") },
      { icon: "photo", label: word("photo"), choose: () => this.#picker.click() },
      { icon: "block", label: word("block"), choose: () => does.block(true) },
    ]);
  }

  focus() {
    this.#box.focus({ preventScroll: true });
  }

  /** What the bot's menu holds for this person: [{command, description}]. */
  commands(list) {
    if (JSON.stringify(list) === this.#offered) return;
    this.#offered = JSON.stringify(list);
    this.#commandMenu.fill(list.map(({ command, description }) => ({
      label: `/${command}`, hint: description, choose: () => this.#does.say(`/${command}`),
    })), word("no_commands"));
  }

  /** Whether this person has blocked the bot: then there is nothing to write, only a way back. */
  blocked(yes) {
    this.#unblock.hidden = !yes;
    for (const part of [this.#commandMenu.element, this.#box, this.#attachMenu.element, this.#send]) part.hidden = yes;
  }

  /** Start changing a message that was sent. */
  change(message) {
    this.#changing = message;
    this.#notice.hidden = false;
    this.#send.setAttribute("aria-label", word("save"));
    this.#box.value = message.text;
    this.#fit();
    this.#box.focus();
  }

  #clear() {
    this.#changing = null;
    this.#notice.hidden = true;
    this.#send.setAttribute("aria-label", word("send"));
    this.#box.value = "";
    this.#fit();
    this.#box.focus();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#box.value.trim();
    if (!text) return this.#box.focus();
    if (this.#changing) this.#does.edit(this.#changing, text);
    else this.#does.say(text);
    this.#clear();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.element.requestSubmit();
    }
    if (event.key === "Escape" && this.#changing) this.#clear();
  }

  #picked() {
    if (this.#picker.files.length) this.#does.upload(this.#picker.files[0]);
    this.#picker.value = "";
  }

  #fit() {
    this.#box.style.height = "auto";
    this.#box.style.height = `${Math.min(this.#box.scrollHeight, TALLEST)}px`;
  }
}
