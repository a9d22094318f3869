// What a reader sees of an open widget: notice, ideas, questions and answers, level, box. Knows no network.

import { TurnView } from "./answer.js";
import { LEVELS } from "./beside.js";
import { fill, h } from "./dom.js";
import { icon, logo, plant } from "./icons.js";
import { wordNote } from "./words.js";

/** @typedef {import("./state.js").Turn} Turn */
/** @typedef {import("./texts.js").Texts} Texts */
/**
 * @typedef {Object} Wishes
 * @property {(question: string, level: string) => void} ask
 * @property {(number: number) => void} retry
 * @property {(number: number, level: string) => void} relevel
 * @property {(number: number, opinion: string) => void} judge
 * @property {() => void} ideas
 * @property {() => void} renew
 * @property {() => void} close
 */

const LONGEST_QUESTION = 500; // characters, as rag/asking/question.py
const READ_OUT_MS = 150; // a live region that was just made is not listened to yet

export class Panel {
  /** @param {Texts} t @param {string} level @param {Wishes} wishes @param {boolean} canClose */
  constructor(t, level, wishes, canClose) {
    this.t = t;
    this.wishes = wishes;
    /** @type {Map<number, TurnView>} */
    this.views = new Map();
    this.scrolls = canClose; // what stands inside an article leaves the page where the reader has it
    /** @type {Set<number>} */
    this.running = new Set(); // questions that are not answered yet
    this.note = wordNote(t);
    this.live = h("div", { class: "unseen", "aria-live": "polite" });
    this.turns = h("div", { class: "turns" });
    this.first = h("div", { class: "first" });
    this.body = h("div", { class: "body" }, this.notice(), this.turns, this.first);
    this.element = h("div", { class: "panel" }, this.head(canClose), this.body, this.composer(level), this.live, this.note.element);
    this.showArticle(null);
  }

  /** @param {boolean} canClose */
  head(canClose) {
    const { t, wishes } = this;
    const name = t("new_conversation");
    this.renew = h("button", { type: "button", class: "renew", title: name, hidden: true, onclick: () => wishes.renew() }, icon("anew"), h("span", {}, name));
    const close = canClose && h("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => wishes.close() }, icon("close"));
    return h("div", { class: "head" }, logo(), h("h2", { id: "title", tabindex: "-1" }, t("title")), this.renew, close);
  }

  notice() {
    return h("p", { class: "notice", id: "notice" }, h("strong", {}, this.t("notice_who")), " ", this.t("notice"), " ", this.t("private"));
  }

  /** @param {string} level */
  composer(level) {
    const { t } = this;
    this.box = h("textarea", { id: "question", rows: "2", placeholder: t("question_placeholder"), autocomplete: "off", "aria-describedby": "said" });
    this.said = h("p", { class: "said", id: "said", role: "status" });
    this.send = h("button", { type: "submit", class: "send" }, icon("up"), h("span", {}, t("send")));
    const row = h("div", { class: "row" }, this.box, this.send);
    this.form = h("form", { class: "composer" }, this.levels(level), h("label", { for: "question" }, t("question_label")), row, this.said);
    this.form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.submit(this.box.value);
    });
    this.box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit(this.box.value);
    });
    return this.form;
  }

  /** @param {string} level */
  levels(level) {
    const options = LEVELS.map((each) => {
      const input = h("input", { type: "radio", name: "level", value: each, checked: each === level });
      return h("label", {}, input, plant(each), h("span", {}, this.t(`level.${each}`)));
    });
    this.chooser = h("fieldset", { class: "levels" }, h("legend", {}, this.t("level_label")), h("div", {}, ...options));
    return this.chooser;
  }

  get level() {
    return this.chooser.querySelector("input:checked").value;
  }

  /** Ask, if it can be asked; else say why not. What was typed stays until it is asked. @param {string} text */
  submit(text) {
    const question = text.trim();
    if (!question) return this.tell("problem.question_empty");
    if (question.length > LONGEST_QUESTION) return this.tell("problem.question_too_long");
    if (this.running.size) return this.tell("waiting.told");
    fill(this.said);
    if (text === this.box.value) this.box.value = "";
    this.wishes.ask(question, this.level);
  }

  /** @param {string} name */
  tell(name) {
    fill(this.said, this.t(name));
  }

  /**
   * What is known of the article, and questions that it answers.
   * @param {{state: string, rest?: boolean, questions?: string[]} | null} article null: nobody asked yet
   */
  showArticle(article) {
    const { t, wishes } = this;
    if (!article) {
      fill(this.first, h("button", { type: "button", class: "suggestion ideas", onclick: () => wishes.ideas() }, icon("idea"), t("ideas")));
      return;
    }
    const held = this.first.contains(/** @type {ShadowRoot} */ (this.first.getRootNode()).activeElement);
    const questions = article.questions || [];
    const failed = ["not_here", "later", "too_many", "broken"].includes(article.state);
    const isHopeless = article.state === "unknown" && !article.rest; // no other article of the site may answer either
    const text = t(isHopeless ? "problem.article_unknown" : failed ? `problem.${article.state}` : `state.${article.state}`);
    const said = h("p", { class: "article-state", role: "status", tabindex: "-1", "data-state": article.state }, text);
    const again = failed && h("button", { type: "button", class: "small", onclick: () => wishes.ideas() }, t("again"));
    const items = questions.map((each) => h("li", {}, h("button", { type: "button", class: "suggestion", onclick: () => this.submit(each) }, each)));
    const list = items.length > 0 && h("div", { class: "suggestions" }, h("h3", {}, t("ideas_title")), h("ul", {}, ...items));
    fill(this.first, said, again, list);
    if (held) said.focus({ preventScroll: true });
  }

  /** Show a turn as it is now. @param {Turn} turn */
  showTurn(turn) {
    const view = this.views.get(turn.number);
    if (view) view.update(turn);
    else this.begin(turn);
    if (turn.running) this.running.add(turn.number);
    else if (this.running.delete(turn.number)) fill(this.said);
    this.send.setAttribute("aria-disabled", String(this.running.size > 0));
  }

  /** @param {Turn} turn */
  begin(turn) {
    const { wishes } = this;
    const view = new TurnView(turn, this.t, {
      ask: (question) => this.submit(question),
      retry: wishes.retry,
      relevel: wishes.relevel,
      judge: wishes.judge,
      onWord: this.note.open,
      announce: (text) => setTimeout(() => this.live.append(h("p", { lang: turn.language }, text)), READ_OUT_MS),
    });
    this.views.set(turn.number, view);
    this.live.replaceChildren();
    this.turns.append(view.element);
    this.first.hidden = true;
    this.renew.hidden = false;
    this.element.classList.add("asked");
    view.question.scrollIntoView({ block: this.scrolls ? "start" : "nearest", behavior: "auto" });
  }

  /** Read nothing aloud any more. */
  hush() {
    for (const view of this.views.values()) view.aloud.stop();
  }

  /** The first screen again. */
  clear() {
    this.hush();
    this.views.clear();
    fill(this.turns);
    fill(this.said);
    this.running.clear();
    this.send.setAttribute("aria-disabled", "false");
    this.first.hidden = false;
    this.renew.hidden = true;
    this.element.classList.remove("asked");
  }
}
