// Keeps the end of a chat in sight, until the visitor scrolls up to read.
import { icon, make } from "./elements.js";
import { word } from "./words.js";

const NEAR_THE_END = 60; // pixels
const AIR = 12;

export class Follower {
  #chat;
  #following = true;
  #scrolledTo = 0;
  #missed = 0;

  constructor(chat) {
    this.#chat = chat;
    const pill = { type: "button", class: "newer", hidden: true, onclick: () => this.toEnd() };
    this.pill = make("button", pill, icon("down"), make("span"));
    const keepEnd = () => { if (this.#following) chat.scrollTop = chat.scrollHeight; };
    new ResizeObserver(keepEnd).observe(chat);
    chat.addEventListener("load", keepEnd, true); // a picture has come and taken its room
    chat.addEventListener("scroll", () => this.#scrolled());
  }

  toEnd() {
    this.#caughtUp();
    this.#chat.scrollTo({ top: this.#chat.scrollHeight, behavior: "smooth" });
  }

  /** After a redraw: go on to the end, though not past the first line of the newest message; or offer to. */
  settle(freshMessages, fromBot, atOnce) {
    if (!this.#following) return this.#offer(fromBot);
    const end = this.#chat.scrollHeight - this.#chat.clientHeight;
    const newest = freshMessages.at(-1);
    const top = newest && !atOnce ? Math.min(end, newest.offsetTop - AIR) : end;
    this.#chat.scrollTo({ top, behavior: atOnce ? "instant" : "smooth" });
  }

  #offer(count) {
    if (!count) return;
    this.#missed += count;
    this.pill.querySelector("span").textContent = word("newer", { count: this.#missed });
    this.pill.hidden = false;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#chat;
    if (scrollTop < this.#scrolledTo) this.#following = false;
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) this.#caughtUp();
    this.#scrolledTo = scrollTop;
  }

  #caughtUp() {
    this.#following = true;
    this.#missed = 0;
    this.pill.hidden = true;
  }
}
