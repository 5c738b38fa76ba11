// One phone of the stage: header, chat, message box.
import { drawMessage } from "./bubble.js";
import { Composer } from "./composer.js";
import { make, reconcile } from "./elements.js";
import { startPayload } from "./entities.js";
import { Follower } from "./follow.js";
import { drawFresh } from "./fresh.js";
import { dayKey, dayName } from "./riga.js";
import { post, postFile } from "./talk.js";
import { Toasts } from "./toasts.js";
import { word } from "./words.js";

const pressKey = (message, data) => `${message} ${data}`;

export class Phone {
  #card;
  #bot;
  #path;
  #arrived;
  #chat;
  #follower;
  #composer;
  #toasts = new Toasts();
  #view = null;
  #pressed = new Set(); // shown as busy from the moment of the press, before the server says so
  #known = null; // ids of the bot's messages in the last view

  /** `card`: as the stage event describes it; `arrived(count)` is told of messages of the bot after the first view. */
  constructor(card, bot, hue, arrived) {
    this.#card = card;
    this.#bot = bot;
    this.#path = `api/phones/${card.id}`;
    this.#arrived = arrived;
    this.#chat = make("ol", {
      class: "chat", role: "log", tabindex: "0", "aria-live": "polite",
      "aria-label": word("chat_of", { name: card.label }),
    });
    this.#follower = new Follower(this.#chat);
    this.#composer = new Composer(card, {
      say: (text) => this.#say(text),
      edit: (message, text) => this.#act("edit", { message: message.id, text }),
      attach: (kind) => this.#act(kind),
      upload: (file) => this.#told(postFile(`${this.#path}/upload`, file)),
      block: (yes) => this.#act(yes ? "block" : "unblock"),
    });
    const label = word("phone_of", { name: card.label });
    this.element = make("section", { class: "phone", dataset: { phone: card.id, hue }, "aria-label": label },
      this.#drawOwner(),
      make("div", { class: "screen" }, this.#chat, this.#follower.pill, this.#toasts.element),
      this.#composer.element);
  }

  focus() {
    this.#composer.focus();
  }

  /** `view`: the phone event, the whole chat as its person sees it now. */
  update(view) {
    const first = this.#view === null;
    this.#view = view;
    this.#forgetAnswered();
    this.#composer.commands(view.commands);
    this.#composer.blocked(view.blocked);
    const ids = view.messages.filter(({ sender }) => sender === "bot").map(({ id }) => id);
    const count = first ? 0 : ids.filter((id) => !this.#known.has(id)).length;
    this.#known = new Set(ids);
    const fresh = this.#draw();
    this.#follower.settle(fresh.filter((node) => node.dataset.message), count, first);
    this.#toasts.show(view.toasts);
    if (count) this.#arrived(count);
  }

  #drawOwner() {
    const { label, role, note } = this.#card;
    return make("header", { class: "owner" },
      make("span", { class: "avatar", "aria-hidden": "true" }, label.trim().charAt(0)),
      make("div", { class: "who" },
        make("h2", {}, label), make("span", { class: "role" }, role), make("p", { class: "note" }, note)));
  }

  #draw() {
    const { messages, working, typing, description } = this.#view;
    const rows = [];
    let day = null;
    for (const message of messages) {
      const sent = new Date(message.sent_at);
      if (dayKey(sent) !== day) {
        day = dayKey(sent);
        rows.push({ key: `day ${message.id}`, drawn: day, draw: () => drawDay(sent) });
      }
      const shown = { ...message, spinning: this.#spinning(message) };
      const draw = () => drawMessage(shown, this.#bot, this.#does);
      rows.push({ key: `message ${message.id}`, drawn: JSON.stringify(shown), draw });
    }
    if (!rows.length) {
      const draw = () => drawFresh(this.#card, description, (payload) => this.#start(payload));
      rows.push({ key: "fresh", drawn: description, draw });
    }
    if (typing) rows.push({ key: "typing", drawn: "", draw: drawTyping });
    this.element.toggleAttribute("data-working", working);
    return reconcile(this.#chat, rows);
  }

  #spinning(message) {
    const pressedHere = message.keyboard.flat().filter(({ data }) => this.#pressed.has(pressKey(message.id, data)));
    return [...new Set([...message.spinning, ...pressedHere.map(({ data }) => data)])];
  }

  #forgetAnswered() {
    const pressesIn = ({ id, spinning }) => spinning.map((data) => pressKey(id, data));
    const waiting = new Set(this.#view.messages.flatMap(pressesIn));
    for (const key of this.#pressed) if (!waiting.has(key)) this.#pressed.delete(key);
  }

  /** What a bubble can set going. */
  #does = {
    press: (message, button) => this.#press(message.id, button.data),
    tap: (kind, value) => (kind === "start" ? this.#start(value) : this.#say(value)),
    edit: (message) => this.#composer.change(message),
    copy: (text) => navigator.clipboard.writeText(text).then(() => this.#toasts.add(text)),
  };

  async #press(message, data) {
    const key = pressKey(message, data);
    if (this.#pressed.has(key)) return;
    this.#pressed.add(key);
    this.#draw();
    if (await this.#act("press", { message, data })) return;
    this.#pressed.delete(key);
    this.#draw();
  }

  /** A written link into this bot is opened, as tapping it in a messenger would. */
  #say(text) {
    const payload = startPayload(text, this.#bot);
    if (payload !== null) return this.#start(payload);
    this.#follower.toEnd();
    return this.#act("text", { text });
  }

  #start(payload) {
    return this.#act("text", { text: payload ? `/start ${payload}` : "/start" });
  }

  #act(deed, body) {
    return this.#told(post(`${this.#path}/${deed}`, body));
  }

  /** Whether it went through; a refusal shows as a toast on this phone. */
  #told(sending) {
    return sending.then(() => true, (refusal) => {
      this.#toasts.add(refusal.message || word("not_sent"));
      return false;
    });
  }
}

const drawDay = (day) => make("li", { class: "day" }, make("span", {}, dayName(day)));

const drawTyping = () =>
  make("li", { class: "message bot typing", "aria-label": word("working") },
    make("div", { class: "bubble" }, make("i"), make("i"), make("i")));
