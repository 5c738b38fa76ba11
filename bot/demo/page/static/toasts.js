// Short answers to presses, shown over a chat and then gone; an alert stays until it is closed.
import { make } from "./elements.js";

const STAYS = 4500; // milliseconds

export class Toasts {
  #seen = null;
  element = make("div", { class: "toasts", role: "status", "aria-live": "polite" });

  /** `all`: [{press, text, alert}] as the server keeps them; what was there at first is old news. */
  show(all) {
    for (const { press, text, alert } of all) if (this.#seen && !this.#seen.has(press)) this.add(text, alert);
    this.#seen = new Set(all.map(({ press }) => press));
  }

  add(text, stays = false) {
    const toast = make("div", { class: "toast", dataset: { toast: "" } }, make("p", {}, text));
    if (stays) toast.append(make("button", { type: "button", onclick: () => toast.remove() }, "OK"));
    else setTimeout(() => toast.remove(), STAYS);
    this.element.append(toast);
  }
}
