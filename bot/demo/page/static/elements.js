// Small makers of DOM nodes. Text only ever goes in as text nodes: nothing on this page parses HTML from a chat.

const SVG = "http://www.w3.org/2000/svg";

/** make("button", {class: "key", dataset: {...}, onclick}, "text", node, ...) */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `static/icons.svg#${name}`);
  drawing.append(use);
  return drawing;
}

/**
 * Makes the children of `parent` be `rows` ([{key, drawn, draw}], in order). A row is drawn again only when its `drawn`
 * (a string that says everything the drawing shows) differs, so focus, selection and scrolling survive an update.
 * Answers the nodes that are new, and keeps focus on a redrawn row.
 */
export function reconcile(parent, rows) {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const fresh = [];
  let place = parent.firstElementChild;
  for (const row of rows) {
    let node = before.get(row.key);
    before.delete(row.key);
    if (node?.drawn !== row.drawn) {
      const newer = row.draw();
      newer.dataset.key = row.key;
      newer.drawn = row.drawn;
      if (node) {
        if (place === node) place = newer;
        replaceKeepingFocus(node, newer);
      } else {
        fresh.push(newer);
      }
      node = newer;
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const gone of before.values()) gone.remove();
  return fresh;
}

function replaceKeepingFocus(older, newer) {
  const focused = older.contains(document.activeElement);
  const index = [...older.querySelectorAll(".key")].indexOf(document.activeElement);
  newer.dataset.redrawn = ""; // an arrival is animated, a change is not
  older.replaceWith(newer);
  if (!focused) return;
  const keys = newer.querySelectorAll(".key");
  (keys[index] ?? keys[0] ?? newer).focus({ preventScroll: true });
}
