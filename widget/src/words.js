// A text whose difficult words can be tapped, and the note that explains them. Knows no network.

import { h } from "./dom.js";
import { within } from "./marks.js";

/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {{word: string, explanation: string, language?: string, source: string}} Word */

const LETTER = /[\p{L}\p{N}]/u;
const ELIDED = /(\S*[’'])$/;
const CLOSING = /^(?:[\u00a0\u202f]?[.,;:!?…»”’)\]])+/; // what must not begin a line
const MARGIN = 8; // pixels between a note and what is around it

/**
 * The text, with a button for each word where it stands first; words that overlap an earlier one are left alone.
 * Example: explained("L’algorithme choisit.", [algorithme]) -> ["L’", <button>algorithme</button>, " choisit."]
 * @param {string} text
 * @param {Word[]} words
 * @param {Texts} t
 * @param {(button: HTMLElement, word: Word) => void} onTap
 */
export function explained(text, words, t, onTap) {
  /** @type {(string | HTMLElement)[]} */
  const pieces = [];
  let end = 0;
  for (const { start, word } of placesOf(text, words)) {
    if (start < end) continue;
    const hint = h("span", { class: "unseen", lang: t.language }, ` (${t("word.hint")})`);
    const button = h("button", { type: "button", class: "word", "aria-haspopup": "dialog" }, word.word, hint);
    button.addEventListener("click", () => onTap(button, word));
    const [before, elided] = text.slice(end, start).split(ELIDED);
    end = start + word.word.length;
    const [closing] = CLOSING.exec(text.slice(end)) || [""];
    end += closing.length;
    const held = elided || closing; // or a line ends behind "l’", or begins with a full stop
    pieces.push(before, held ? h("span", { class: "together" }, elided || "", button, closing) : button);
  }
  return [...pieces, text.slice(end)];
}

/** @param {string} text @param {Word[]} words */
function placesOf(text, words) {
  const found = words.map((word) => ({ start: placeOf(text, word.word), word }));
  return found.filter((each) => each.start >= 0).sort((one, other) => one.start - other.start);
}

/**
 * Where a word stands first as a whole, -1 where it does not. Example: ("L’article parle d’art.", "art") -> 18
 * @param {string} text
 * @param {string} word
 */
export function placeOf(text, word) {
  for (let at = text.indexOf(word); word && at >= 0; at = text.indexOf(word, at + 1)) {
    if (!LETTER.test(text.charAt(at - 1)) && !LETTER.test(text.charAt(at + word.length))) return at;
  }
  return -1;
}

/**
 * The one note of a widget: the browser closes it at Escape and at a tap elsewhere, and gives the focus back.
 * @param {Texts} t
 */
export function wordNote(t) {
  const element = h("div", { class: "word-note", popover: "auto", role: "dialog", tabindex: "-1" });
  /** @param {HTMLElement} button @param {Word} word */
  const open = (button, word) => {
    const source = word.source ? t("word.article", { title: within(word.source, t.language) }) : t("word.glossary");
    const close = h("button", { type: "button", class: "word-close", onclick: () => element.hidePopover() }, t("close"));
    element.setAttribute("aria-label", word.word);
    element.replaceChildren(h("strong", {}, word.word), h("p", { lang: word.language }, word.explanation), h("p", { class: "origin" }, source), close);
    element.showPopover();
    stand(element, button);
    element.focus({ preventScroll: true });
  };
  return { element, open };
}

/** Put a note below a word, or above it where there is no room; never over an edge. @param {HTMLElement} note @param {HTMLElement} word */
function stand(note, word) {
  const at = word.getBoundingClientRect();
  const size = note.getBoundingClientRect();
  const right = document.documentElement.clientWidth - size.width - MARGIN;
  const below = at.bottom + MARGIN;
  const fits = below + size.height < window.innerHeight - MARGIN;
  note.style.left = `${Math.max(MARGIN, Math.min(at.left, right))}px`;
  note.style.top = `${Math.max(MARGIN, fits ? below : at.top - size.height - MARGIN)}px`;
}
