// A button that opens a list above itself: arrows walk it, Escape or leaving it closes it.
import { icon, make } from "./elements.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Menu {
  #list;
  #opener;

  constructor(drawing, label, name) {
    this.#list = make("div", { class: "menu", role: "menu", "aria-label": label, hidden: true });
    this.#opener = make("button", {
      type: "button", class: "opener", "aria-label": label, title: label, "aria-haspopup": "menu",
      "aria-expanded": "false", onclick: () => this.#show(this.#list.hidden),
    }, icon(drawing));
    this.element = make("div", { class: "menu-place", dataset: { menu: name } }, this.#opener, this.#list);
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.element.contains(relatedTarget)) this.#show(false);
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.#list.hidden && !this.element.contains(target)) this.#show(false);
    });
  }

  /** `items`: [{icon, label, hint, choose()}]; `ifNone` is said when there are none. */
  fill(items, ifNone = "") {
    this.#list.replaceChildren(...items.map((item) => this.#drawItem(item)));
    if (!items.length) this.#list.append(make("p", {}, ifNone));
  }

  #drawItem({ icon: drawing, label, hint, choose }) {
    const chosen = () => {
      this.#show(false);
      this.#opener.focus();
      choose();
    };
    return make("button", { type: "button", role: "menuitem", onclick: chosen },
      drawing ? icon(drawing) : null, make("b", {}, label), hint ? make("small", {}, hint) : null);
  }

  #show(open) {
    this.#list.hidden = !open;
    this.#opener.setAttribute("aria-expanded", String(open));
    if (open) this.#list.querySelector("button")?.focus();
  }

  #key(event) {
    if (this.#list.hidden) return;
    const items = [...this.#list.querySelectorAll("button")];
    const step = STEPS[event.key];
    if (step && items.length) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
    if (event.key === "Escape") {
      this.#show(false);
      this.#opener.focus();
    }
  }
}
