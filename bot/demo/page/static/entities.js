// Formatted text: Telegram's entities (offsets in UTF-16 units, as JavaScript counts too) into nested DOM nodes.
import { make } from "./elements.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE_LINK = /^(https?|mailto|tel|tg):/i;

/** `tap(kind, value)` is told of taps on commands ("command", "/help") and links into this bot ("start", "ogre"). */
export function formatted(text, entities, bot, tap) {
  const waiting = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const whole = document.createDocumentFragment();
  fill(whole, 0, text.length);
  return whole;

  function fill(parent, from, to) {
    let at = from;
    while (waiting.length && waiting[0].offset < to) {
      const entity = waiting.shift();
      const end = Math.min(entity.offset + entity.length, to);
      if (entity.offset < at || end <= entity.offset) continue;
      parent.append(text.slice(at, entity.offset));
      const element = elementOf(entity, text.slice(entity.offset, end), bot, tap);
      fill(element, entity.offset, end);
      parent.append(element);
      at = end;
    }
    parent.append(text.slice(at, to));
  }
}

function elementOf(entity, words, bot, tap) {
  switch (entity.type) {
    case "bot_command":
      return make("button", { type: "button", class: "command", onclick: () => tap("command", words) });
    case "spoiler":
      return make("button", { type: "button", class: "spoiler", onclick: uncover });
    case "text_link":
      return link(entity.url, bot, tap);
    case "url":
      return link(/^\w+:/.test(words) ? words : `https://${words}`, bot, tap);
    case "email":
      return link(`mailto:${words}`, bot, tap);
    case "phone_number":
      return link(`tel:${words.replace(/[^\d+]/g, "")}`, bot, tap);
    default:
      return make(TAGS[entity.type] ?? "span");
  }
}

const uncover = ({ currentTarget }) => currentTarget.classList.add("seen");

/** A link that opens beside the page; one that starts this very bot is played on the phone instead. */
export function link(address, bot, tap, properties = {}) {
  const payload = startPayload(address, bot);
  if (payload !== null) {
    const play = (event) => {
      event.preventDefault();
      tap("start", payload);
    };
    return make("a", { ...properties, href: address, onclick: play });
  }
  if (!SAFE_LINK.test(address)) return make("span", properties);
  return make("a", { ...properties, href: address, target: "_blank", rel: "noopener noreferrer" });
}

/** "ogre" for https://t.me/<bot>?start=ogre, "" for the bare link, null for anything else. */
export function startPayload(address, bot) {
  const parts = /^(?:https?:\/\/)?t\.me\/(\w+)(?:\?start=([\w-]{1,64}))?$/i.exec(address.trim());
  return parts && parts[1].toLowerCase() === bot.toLowerCase() ? parts[2] ?? "" : null;
}
