// Evidence cards, and the marks that lead to them. Knows no network.

import { h, isWebAddress } from "./dom.js";
import { icon } from "./icons.js";
import { within } from "./marks.js";
import { explained } from "./words.js";

/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {{t: Texts, onWord: (button: HTMLElement, word: any) => void, toSentence: (number: number) => void}} Around */

/**
 * One card: its number, who says it, the quote as published, and where it comes from.
 * @param {any} citation
 * @param {any[]} words
 * @param {boolean} isCited whether a sentence that is written leads here
 * @param {Around} around
 */
export function card(citation, words, isCited, { t, onWord, toSentence }) {
  const { number, language } = citation;
  const back = h("button", { type: "button", class: "back", onclick: () => toSentence(number) }, t("back"));
  return h(
    "li",
    { class: "card", tabindex: "-1", "data-number": number, "aria-label": t("mark", { number }) },
    h("span", { class: "number", "aria-hidden": "true" }, String(number)),
    voice(citation, t),
    h("blockquote", { lang: language }, h("p", {}, ...explained(within(citation.quote, language), words, t, onWord))),
    h("p", { class: "source" }, title(citation, t)),
    h("p", { class: "origin" }, origin(citation, t)),
    (language !== t.language || isCited) &&
      h("p", { class: "labels" }, language !== t.language && h("span", { class: "label" }, t("quote.language", { language: t.tongue(language) })), isCited && back),
  );
}

/** Who says it. @param {any} citation @param {Texts} t */
function voice({ voice: kind, speaker, language }, t) {
  const known = ["news", "speech", "opinion", "comments"].includes(kind) ? kind : "news";
  const [before, after] = t.around("voice.speech_of", "speaker");
  const said = known === "speech" && speaker ? [before, h("span", { lang: language }, speaker), after] : [t(`voice.${known}`)];
  return h("p", { class: `voice voice-${known}` }, icon(known), h("span", {}, ...said));
}

/** The title, linked only where the address is on the web. @param {any} citation @param {Texts} t */
export function title(citation, t) {
  const text = h("span", { lang: citation.language }, citation.title);
  if (!isWebAddress(citation.url)) return text;
  const about = h("span", { class: "unseen" }, ` ${t("new_tab")}`);
  return h("a", { href: citation.url, target: "_blank", rel: "noopener noreferrer" }, text, about);
}

/** Outlet and date, as far as they are known. @param {any} citation @param {Texts} t */
function origin({ outlet, published }, t) {
  const day = published && h("time", { datetime: published }, t.day(published));
  return [outlet, outlet && day && "\u00a0· ", day];
}

/**
 * Buttons to the cards with these numbers; one without a card is left out.
 * @param {number[]} numbers
 * @param {any[]} shown
 * @param {Texts} t
 * @param {(number: number) => void} toCard
 */
export function marks(numbers, shown, t, toCard) {
  const known = new Set(shown.map((each) => each.number));
  return numbers
    .filter((number) => known.has(number))
    .map((number) => h("button", { type: "button", class: "mark", "aria-label": t("mark", { number }), onclick: () => toCard(number) }, String(number)));
}
