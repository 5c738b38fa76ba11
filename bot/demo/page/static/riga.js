// Dates as people in Riga read them, in the page's language.
import { language } from "./words.js";

const ZONE = "Europe/Riga";
const LOCALE = language === "lv" ? "lv-LV" : "en-GB";
const style = (options) => new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, ...options });

const CLOCK = style({ hour: "2-digit", minute: "2-digit" });
const DAY = style({ weekday: "long", day: "numeric", month: "long" });
const DATE = style({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = style({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const SORTABLE = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });

export const clockTime = (moment) => CLOCK.format(moment);
export const dayName = (moment) => DAY.format(moment);
export const fullDate = (moment) => DATE.format(moment);
export const shortMoment = (moment) => SHORT.format(moment);
/** 2026-11-22: the same for two moments of one day in Riga. */
export const dayKey = (moment) => SORTABLE.format(moment);
