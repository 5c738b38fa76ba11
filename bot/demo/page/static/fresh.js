// A chat in which nothing was said yet: what the bot says of itself, and the ways to begin.
import { icon, make } from "./elements.js";
import { word } from "./words.js";

/** `start(payload)` begins the chat; "" is the bare /start. */
export function drawFresh(phone, description, start) {
  const deep = {
    name: "link", payload: phone.deep_link, drawing: "link",
    label: phone.deep_link_label || word("open_link"), hint: word("link_hint", { payload: phone.deep_link }),
  };
  const bare = { name: "bare", payload: "", drawing: "hand", label: word("bare_start"), hint: word("bare_start_hint") };
  return make("li", { class: "fresh" },
    description
      ? make("div", { class: "description" }, make("h3", {}, word("description")), make("p", {}, description))
      : make("p", { class: "unmet" }, word("fresh", { name: phone.label.split(",")[0] })),
    ...(phone.deep_link ? [deep, bare] : [bare]).map((way) =>
      make("button", { type: "button", dataset: { start: way.name }, onclick: () => start(way.payload) },
        icon(way.drawing), make("span", {}, make("b", {}, way.label), make("small", {}, way.hint)))));
}
