// The mailbox of those who have no phone here: letters as they come, with their links.
import { make, reconcile } from "./elements.js";
import { link } from "./entities.js";
import { Follower } from "./follow.js";
import { clockTime, dayKey, dayName } from "./riga.js";
import { word } from "./words.js";

/** Its number on the stage; no phone has it. */
export const MAILBOX = 0;

export class Mailbox {
  #bot;
  #arrived;
  #letters;
  #follower;
  #known = null; // ids of the letters in the last view

  /** `arrived(count)` is told of letters after the first view. */
  constructor(bot, hue, arrived) {
    this.#bot = bot;
    this.#arrived = arrived;
    this.#letters = make("ol", {
      class: "chat", role: "log", tabindex: "0", "aria-live": "polite", "aria-label": word("letters"),
    });
    this.#follower = new Follower(this.#letters);
    const looks = { class: "phone mailbox", dataset: { phone: MAILBOX, hue }, "aria-label": word("mailbox") };
    this.element = make("section", looks,
      make("header", { class: "owner" },
        make("span", { class: "avatar", "aria-hidden": "true" }, "@"),
        make("div", { class: "who" },
          make("h2", {}, word("mailbox")), make("span", { class: "role" }, word("by_mail")),
          make("p", { class: "note" }, word("mailbox_note")))),
      make("div", { class: "screen" }, this.#letters, this.#follower.pill));
  }

  focus() {
    this.#letters.focus();
  }

  /** `view`: the mailbox event, all letters there are. */
  update({ letters }) {
    const first = this.#known === null;
    const count = first ? 0 : letters.filter(({ id }) => !this.#known.has(id)).length;
    this.#known = new Set(letters.map(({ id }) => id));
    const fresh = reconcile(this.#letters, this.#rows(letters));
    this.#follower.settle(fresh.filter((node) => node.dataset.message), count, first);
    if (count) this.#arrived(count);
  }

  #rows(letters) {
    if (!letters.length) return [{ key: "none", drawn: "", draw: drawNone }];
    const rows = [];
    let day = null;
    for (const letter of letters) {
      const sent = new Date(letter.sent_at);
      if (dayKey(sent) !== day) {
        day = dayKey(sent);
        const draw = () => make("li", { class: "day" }, make("span", {}, dayName(sent)));
        rows.push({ key: `day ${letter.id}`, drawn: day, draw });
      }
      rows.push({ key: `letter ${letter.id}`, drawn: letter.sent_at, draw: () => drawLetter(letter, this.#bot) });
    }
    return rows;
  }
}

const drawNone = () => make("li", { class: "fresh" }, make("p", { class: "unmet" }, word("no_letters")));

const drawLetter = (letter, bot) =>
  make("li", { class: "message bot letter", dataset: { message: `letter ${letter.id}` }, tabindex: "-1" },
    make("div", { class: "bubble" },
      make("p", { class: "envelope" }, `${letter.sender} → ${letter.to}`),
      make("h3", {}, letter.subject),
      make("div", { class: "words" }, ...letter.pieces.map((piece) => drawPiece(piece, bot))),
      make("p", { class: "stamp" }, make("time", { datetime: letter.sent_at }, clockTime(new Date(letter.sent_at))))));

function drawPiece({ words, link: isLink }, bot) {
  if (!isLink) return words;
  const anchor = link(words, bot, () => {});
  anchor.append(words);
  return anchor;
}
