// The clock bar: what time it is for the bot, buttons that move it on, and the ribbon of what that set off.
import { make, reconcile } from "./elements.js";
import { clockTime, fullDate, shortMoment } from "./riga.js";
import { post } from "./talk.js";
import { word } from "./words.js";

const bar = document.querySelector(".time");
const ribbon = document.querySelector("[data-ribbon]");
const reading = bar.querySelector("[data-clock]");
const buttons = [...bar.querySelectorAll("[data-move]")];
const hands = { hour: bar.querySelector(".hand.hour"), minute: bar.querySelector(".hand.minute") };

let ahead = 0;
let ribbonShown = null;

/**
 * `clock`: {now, moving, targets: {move: moment or null}, next_due: {at, what} or null, became_due: [{at, text}]};
 * became_due is null before the first move.
 */
export function showClock(clock) {
  ahead = new Date(clock.now).getTime() - Date.now();
  tick();
  bar.toggleAttribute("data-moving", clock.moving);
  for (const button of buttons) describe(button, clock);
  showRibbon(clock);
}

function describe(button, clock) {
  const move = button.dataset.move;
  const target = clock.targets[move];
  button.setAttribute("aria-disabled", String(clock.moving || !target));
  const hint = move === "next_due" ? dueHint(clock.next_due) : shortMoment(new Date(target));
  button.title = hint;
  button.querySelector("small").textContent = move === "next_hour" ? "" : hint;
}

const dueHint = (due) => (due ? `${shortMoment(new Date(due.at))} · ${due.what}` : word("nothing_due"));

function showRibbon({ moving, became_due: lines }) {
  ribbon.hidden = lines === null;
  const shown = JSON.stringify([moving, lines]);
  if (ribbon.hidden || shown === ribbonShown) return;
  ribbonShown = shown;
  ribbon.toggleAttribute("data-moving", moving);
  const outcome = lines.length ? "just_became_due" : "nothing_became_due";
  ribbon.querySelector("h2").textContent = word(moving ? "moving" : outcome);
  reconcile(ribbon.querySelector("ol"), lines.map((line, index) => {
    const drawn = JSON.stringify(line);
    return { key: `${index} ${drawn}`, drawn, draw: () => drawDue(line) };
  }));
}

const drawDue = ({ at, text }) =>
  make("li", {}, make("time", { datetime: at }, shortMoment(new Date(at))), text);

function tick() {
  const now = new Date(Date.now() + ahead);
  const time = clockTime(now);
  reading.dateTime = now.toISOString();
  reading.querySelector(".hm").textContent = time;
  reading.querySelector(".date").textContent = fullDate(now);
  const [hours, minutes] = time.split(":").map(Number);
  turn(hands.hour, hours * 30 + minutes / 2);
  turn(hands.minute, minutes * 6);
}

function turn(hand, degrees) {
  hand.style.transform = `rotate(${degrees}deg)`;
}

async function move(button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  bar.toggleAttribute("data-moving", true);
  await post("api/clock", { move: button.dataset.move }).catch(() => bar.toggleAttribute("data-moving", false));
}

for (const button of buttons) button.addEventListener("click", () => move(button));
setInterval(tick, 1000);
