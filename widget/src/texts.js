// The sentences of the widget in the reader's language, put in by the build; dates and names as that language has them.

import all from "./texts.json";

export const LANGUAGES = /** @type {string[]} */ (Object.keys(all));

/**
 * The texts of one language.
 * @param {string} language
 */
export function textsOf(language) {
  const entries = /** @type {Record<string, Record<string, string>>} */ (all)[language];
  /** @param {string} name @param {Record<string, string | number>} [values] */
  const t = (name, values = {}) => entries[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
  return Object.assign(t, {
    language,
    /** What stands before and after a place in a text, so that an element can stand there. @param {string} name @param {string} key */
    around: (name, key) => /** @type {[string, string]} */ (entries[name].split(`{${key}}`)),
    /** Example: "2025-11-22" -> "22 novembre 2025"; what is no day stays as it is. @param {string} day */
    day: (day) => {
      const date = new Date(`${day}T00:00:00Z`);
      return Number.isNaN(date.getTime()) ? String(day) : new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(date);
    },
    /** What a reader calls a language: "it" -> "italien". @param {string} code */
    tongue: (code) => (/^[a-z]{2,3}$/.test(code) ? new Intl.DisplayNames([language], { type: "language" }).of(code) || code : String(code)),
    /** Example: 12 -> "12 secondes", 130 -> "2 minutes" @param {number} seconds */
    span: (seconds) => {
      const [amount, unit] = seconds < 60 ? [Math.max(1, Math.round(seconds)), "second"] : [Math.round(seconds / 60), "minute"];
      return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
    },
  });
}
/** @typedef {ReturnType<typeof textsOf>} Texts */
