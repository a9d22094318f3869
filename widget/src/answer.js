// One question and its answer as it comes: what has not changed is not touched. Knows no network.

import { aloud } from "./aloud.js";
import { about, correction, moves, notes, opinion, state, suggestions, understood } from "./beside.js";
import { card, marks } from "./cards.js";
import { fill, h, keyed } from "./dom.js";
import { icon } from "./icons.js";
import { paragraphs } from "./plain.js";
import { quiz } from "./quiz.js";
import { isFixed, isQuoted, shownEvidence, shownLevel, tells, understoodOtherwise, wordsOf } from "./state.js";
import { explained } from "./words.js";

/** @typedef {import("./state.js").Turn} Turn */
/** @typedef {import("./state.js").Sentence} Sentence */
/** @typedef {import("./texts.js").Texts} Texts */
/**
 * @typedef {Object} Wishes what a reader may want of an answer
 * @property {(question: string) => void} ask
 * @property {(number: number) => void} retry
 * @property {(number: number, level: string) => void} relevel
 * @property {(number: number, opinion: string) => void} judge
 * @property {(button: HTMLElement, word: any) => void} onWord
 * @property {(text: string) => void} announce
 */

const PARTS = ["about", "understood", "correction", "sentences", "notes", "state", "tools", "evidence", "quiz-place", "opinion", "suggestions"];
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class TurnView {
  /** @param {Turn} turn @param {Texts} t @param {Wishes} wishes */
  constructor(turn, t, wishes) {
    this.turn = turn;
    this.t = t;
    this.wishes = wishes;
    /** @type {Map<string, any[]>} */
    this.shown = new Map();
    this.said = new Set();
    /** @type {Record<string, HTMLElement>} */
    this.parts = Object.fromEntries(PARTS.map((name) => [name, h("div", { class: name })]));
    this.parts.state.setAttribute("role", "status");
    this.question = h("h3", { class: "question", tabindex: "-1" });
    this.box = h("div", { class: "answer" }, ...Object.values(this.parts));
    this.aloud = aloud(() => this.units(), t);
    this.element = h("article", { class: "turn" }, this.question, this.box);
    this.update(turn);
  }

  /** @param {Turn} turn */
  update(turn) {
    this.turn = turn;
    const { t, parts, wishes } = this;
    const { answer, running, problem } = turn;
    const level = shownLevel(turn);
    this.box.dataset.status = answer ? answer.status : problem ? "problem" : "running";
    this.box.dataset.level = level;
    this.show(this.question, [turn.question], () => [h("span", { class: "unseen" }, `${t("asked")} `), h("span", { lang: turn.language }, turn.question)]);
    this.show(parts.about, [level, answer && answer.status, problem], () => about(turn, t));
    this.show(parts.understood, [understoodOtherwise(turn)], () => understood(turn, t));
    this.show(parts.correction, [turn.correction], () => correction(turn, t));
    this.sentences();
    this.show(parts.notes, [answer, turn.fromArticle], () => notes(turn, t));
    this.show(parts.state, [running, problem, turn.waiting, turn.evidence.length > 0], () => state(turn, t, wishes));
    this.show(parts.tools, [tells(turn), level, running], () => [tells(turn) && this.aloud.element, moves(turn, t, wishes)]);
    this.evidence();
    this.show(parts["quiz-place"], [turn.quiz], () => [quiz(turn.quiz, turn.language, `quiz${turn.number}`, t)]);
    this.show(parts.opinion, [turn.id, turn.opinion, answer], () => opinion(turn, t, wishes));
    this.show(parts.suggestions, [answer], () => suggestions(turn, t, wishes));
  }

  /** Fill a part, if what it depends on is not as it was. @param {HTMLElement} part @param {any[]} depends @param {() => any[]} make */
  show(part, depends, make) {
    const before = this.shown.get(part.className);
    if (before && before.every((each, at) => each === depends[at])) return;
    this.shown.set(part.className, depends);
    const held = /** @type {HTMLElement | null | undefined} */ (/** @type {ShadowRoot} */ (part.getRootNode()).activeElement);
    const had = held && part.contains(held) ? held.dataset.name || "?" : "";
    fill(part, make());
    const again = had && /** @type {HTMLElement | null} */ (part.querySelector(`[data-name="${had}"]:not(:disabled)`));
    if (had) (again || this.question).focus({ preventScroll: true }); // what had the focus was made anew, or is gone
  }

  sentences() {
    const { turn, t } = this;
    if (turn.correction) this.say(`${t("corrected", { date: t.day(turn.correction.on) })} ${turn.correction.text}`);
    const place = this.parts.sentences;
    place.lang = turn.language;
    keyed(place, this.lines(), (line) => line.key, (line) => line.make());
    for (const each of turn.sentences) if (!each.quoted) this.say(each.text);
    if (!turn.answer) return;
    if (isFixed(turn) || !turn.sentences.length) this.say(turn.answer.text);
    else if (turn.sentences.every((each) => each.quoted)) this.say([t("quoted"), ...turn.sentences.map((each) => each.text)].join(" "));
  }

  /** What stands in the answer, each with a key that says what it looks like. @returns {{key: string, make: () => Element}[]} */
  lines() {
    const { turn, t } = this;
    if (turn.answer && (isFixed(turn) || !turn.sentences.length)) {
      return [{ key: `fixed ${turn.answer.text}`, make: () => h("div", { class: "fixed" }, ...paragraphs(turn.answer.text)) }];
    }
    const lines = [];
    /** @param {string} name */
    const note = (name) => lines.push({ key: `note ${name}`, make: () => h("p", { class: "note", lang: t.language }, t(name)) });
    if (turn.answer && turn.answer.unsure) note("nearest");
    else if (turn.answer && turn.sentences.every((each) => each.quoted)) note("quoted");
    let isEasedBefore = false;
    const shown = shownEvidence(turn);
    for (const each of turn.sentences.filter((one) => !one.quoted)) {
      if (each.eased && !isEasedBefore) note("eased");
      isEasedBefore = isEasedBefore || each.eased;
      const words = wordsOf(turn, each.text);
      const numbers = (each.citations || []).filter((number) => shown.some((one) => one.number === number));
      lines.push({ key: JSON.stringify([each.text, numbers, each.fixed, words]), make: () => this.sentence(each, words, numbers) });
    }
    return lines;
  }

  /** @param {Sentence} sentence @param {any[]} words @param {number[]} numbers */
  sentence(sentence, words, numbers) {
    const isApart = sentence.fixed && tells(this.turn);
    const text = explained(sentence.text, words, this.t, this.wishes.onWord);
    const links = marks(numbers, this.turn.evidence, this.t, (number) => this.toCard(number));
    const about = { class: isApart ? "sentence callout" : "sentence", tabindex: "-1", "data-cites": numbers.join(" ") };
    return h("p", about, isApart && icon("scales"), ...text, links.length > 0 && "\u00a0", ...links);
  }

  evidence() {
    const { turn, t, parts } = this;
    const shown = shownEvidence(turn);
    const written = turn.sentences.filter((each) => !each.quoted);
    const heading = !turn.answer ? "found" : written.length ? "evidence" : isQuoted(turn) ? "" : "sources";
    const list = () => [heading && h("h4", {}, t(heading)), h("ol", { class: "cards" })];
    this.show(parts.evidence, [shown.length > 0, heading], () => (shown.length ? list() : []));
    const next = isQuoted(turn) ? parts.notes : parts["quiz-place"]; // quotes that are the answer stand where it does
    if (parts.evidence.nextSibling !== next) this.box.insertBefore(parts.evidence, next);
    const cards = parts.evidence.querySelector("ol");
    if (!cards) return;
    const around = { t, onWord: this.wishes.onWord, toSentence: (/** @type {number} */ number) => this.toSentence(number) };
    const isCited = (/** @type {any} */ each) => written.some((one) => (one.citations || []).includes(each.number));
    const words = (/** @type {any} */ each) => wordsOf(turn, each.quote);
    keyed(
      cards, shown,
      (each) => JSON.stringify([each.number, each.quote, isCited(each), words(each)]),
      (each) => card(each, words(each), isCited(each), around),
    ); // prettier-ignore
  }

  /** @param {number} number */
  toCard(number) {
    goTo(this.box.querySelector(`.card[data-number="${number}"]`));
  }

  /** @param {number} number */
  toSentence(number) {
    goTo([...this.box.querySelectorAll(".sentence")].find((each) => /** @type {HTMLElement} */ (each).dataset.cites?.split(" ").includes(String(number))));
  }

  /** Tell each thing once to who listens. @param {string} text */
  say(text) {
    if (this.said.has(text)) return;
    this.said.add(text);
    this.wishes.announce(text);
  }

  /** What there is to read aloud: what was put right, the sentences, then the quotes. @returns {import("./aloud.js").Unit[]} */
  units() {
    const found = this.box.querySelectorAll(".correction strong, .correction p, .sentence, .sentences .note, .card blockquote p");
    return [...found].map((element) => {
      const copy = /** @type {Element} */ (element.cloneNode(true));
      copy.querySelectorAll(".mark, .unseen, .icon").forEach((each) => each.remove());
      const language = /** @type {HTMLElement} */ (element.closest("[lang]")).lang.split("-")[0].toLowerCase();
      return { element, language, text: (copy.textContent || "").trim() };
    });
  }
}

/** @param {Element | null | undefined} element */
function goTo(element) {
  if (!element) return;
  element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest" });
  /** @type {HTMLElement} */ (element).focus({ preventScroll: true });
}
