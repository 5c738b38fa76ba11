// The stage: builds the phones and the cast strip, listens to the demo, counts what arrives out of sight.
import { make } from "./elements.js";
import { MAILBOX, Mailbox } from "./mailbox.js";
import { Phone } from "./phone.js";
import { listen, post } from "./talk.js";
import { showClock } from "./time.js";
import { chooseLanguage, language, translatePage, word } from "./words.js";

const stage = document.querySelector(".stage");
const cast = document.querySelector(".cast");
const question = document.querySelector("[data-question=reset]");
const resetButton = document.querySelector("[data-reset]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const keyboard = matchMedia("(pointer: fine)");

let phones = new Map();
const sight = new IntersectionObserver(noteSight, { root: stage, threshold: 0.6 });

function setStage({ phones: cards, bot, can_reset: canReset, has_mailbox: hasMailbox }) {
  sight.disconnect();
  const mailbox = hasMailbox ? [{ id: MAILBOX, label: word("mailbox") }] : [];
  phones = new Map([...cards, ...mailbox].map((card, index) => [card.id, makeEntry(card, bot, index % 6)]));
  stage.replaceChildren(...[...phones.values()].map((entry) => entry.phone.element));
  cast.replaceChildren(...[...phones.values()].map((entry) => entry.tab));
  for (const { phone } of phones.values()) sight.observe(phone.element);
  resetButton.hidden = !canReset;
}

function makeEntry(card, bot, hue) {
  const entry = { card, inSight: false, unread: 0 };
  entry.tab = make("button", { type: "button", dataset: { tab: card.id, hue }, onclick: () => show(entry) },
    make("span", { class: "avatar", "aria-hidden": "true" }, card.id === MAILBOX ? "@" : card.label.trim().charAt(0)),
    make("span", { class: "name" }, card.label),
    make("span", { class: "unread", dataset: { unread: "" }, "aria-hidden": "true", hidden: true }));
  const arrived = (count) => {
    if (!entry.inSight) setUnread(entry, entry.unread + count);
  };
  entry.phone = card.id === MAILBOX ? new Mailbox(bot, hue, arrived) : new Phone(card, bot, hue, arrived);
  return entry;
}

function show({ phone }) {
  phone.element.scrollIntoView({ behavior: calm.matches ? "instant" : "smooth", inline: "center", block: "nearest" });
  if (keyboard.matches) phone.focus();
}

function noteSight(changes) {
  for (const change of changes) {
    const entry = phones.get(Number(change.target.dataset.phone));
    if (!entry) continue;
    entry.inSight = change.isIntersecting;
    entry.tab.toggleAttribute("data-in-sight", entry.inSight);
    if (!entry.inSight) continue;
    setUnread(entry, 0);
    const alone = stage.clientWidth < 2 * entry.phone.element.clientWidth;
    if (alone) entry.tab.scrollIntoView({ inline: "center", block: "nearest" });
  }
}

function setUnread(entry, count) {
  const badge = entry.tab.querySelector(".unread");
  entry.unread = count;
  badge.hidden = !count;
  badge.textContent = count || "";
  if (count) entry.tab.setAttribute("aria-label", word("unread", { name: entry.card.label, count }));
  else entry.tab.removeAttribute("aria-label");
}

resetButton.addEventListener("click", () => question.showModal());
question.addEventListener("close", () => {
  if (question.returnValue === "reset") post("api/reset");
  question.returnValue = "";
});
for (const button of document.querySelectorAll("[data-language]")) {
  button.setAttribute("aria-pressed", String(button.dataset.language === language));
  button.addEventListener("click", () => chooseLanguage(button.dataset.language));
}

translatePage();
listen({
  state: (name) => { document.body.dataset.state = name; },
  stage: setStage,
  clock: showClock,
  mailbox: (view) => phones.get(MAILBOX)?.phone.update(view),
  phone: (view) => phones.get(view.id)?.phone.update(view),
});
