// What stands beside the sentences of an answer: how its question was read, how new it is, what to do next. Knows no network.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { within } from "./marks.js";
import { isFixed, shownLevel, tells, understoodOtherwise } from "./state.js";

/** @typedef {import("./state.js").Turn} Turn */
/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {import("./answer.js").Wishes} Wishes */

export const LEVELS = ["child", "tween", "teen", "adult"];

/** For whom it is; for a reader in need, that help is here. @param {Turn} turn @param {Texts} t */
export function about(turn, t) {
  if (turn.answer && turn.answer.status === "crisis") return [h("h4", { class: "help" }, icon("heart"), t("help"))];
  if (turn.problem && !turn.answer) return []; // there is none, for nobody
  return [h("p", { class: "answer-for" }, t("answer_for", { level: t(`level.${shownLevel(turn)}`) }))];
}

/** @param {Turn} turn @param {Texts} t */
export function understood(turn, t) {
  const text = understoodOtherwise(turn);
  const [before, after] = t.around("understood", "question");
  return text ? [h("p", {}, before, h("q", { lang: turn.language }, within(text, turn.language)), after)] : [];
}

/** What an editor put right. @param {Turn} turn @param {Texts} t */
export function correction(turn, t) {
  if (!turn.correction) return [];
  const heading = h("strong", {}, t("corrected", { date: t.day(turn.correction.on) }));
  return [h("div", { class: "callout" }, icon("pen"), heading, h("p", { lang: turn.language }, turn.correction.text))];
}

/** Where it is from, how old that is, and a kind word. @param {Turn} turn @param {Texts} t */
export function notes(turn, t) {
  const { answer } = turn;
  if (!answer) return [];
  const [before, after] = t.around("as_of", "date");
  const isDated = answer.as_of && !answer.age_note && !isFixed(turn);
  const day = isDated && h("time", { datetime: answer.as_of }, t.day(answer.as_of));
  return [
    !turn.fromArticle && tells(turn) && h("p", { class: "aside" }, icon("news"), h("span", {}, t("others"))),
    answer.age_note && h("p", { class: "aside" }, icon("clock"), h("span", { lang: turn.language }, answer.age_note)),
    answer.notice && h("p", { class: "aside", lang: turn.language }, h("span", {}, answer.notice)),
    isDated && h("p", { class: "as-of" }, icon("calendar"), h("span", {}, before, day, after)),
  ];
}

/** What happens right now, or what went wrong. @param {Turn} turn @param {Texts} t @param {Wishes} wishes */
export function state(turn, t, wishes) {
  if (turn.problem) {
    const again = h("button", { type: "button", class: "small", onclick: () => wishes.retry(turn.number) }, t("again"));
    return [h("div", { class: "trouble" }, h("p", {}, t(`problem.${turn.problem}`)), again)];
  }
  if (!turn.running) return [];
  const { waiting } = turn;
  const wait = waiting && waiting.ahead > 0 && t("queue", { count: waiting.ahead, wait: t.span(waiting.seconds) });
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  return [h("p", { class: "busy" }, dots, h("span", {}, wait || t(turn.evidence.length ? "writing" : "reading")))];
}

/** Simpler and more detail; what leads nowhere cannot be pressed. @param {Turn} turn @param {Texts} t @param {Wishes} wishes */
export function moves(turn, t, wishes) {
  if (!tells(turn)) return null;
  const at = LEVELS.indexOf(shownLevel(turn));
  /** @param {string} name @param {string | undefined} level */
  const move = (name, level) => {
    const told = level && h("span", { class: "unseen" }, ` (${t(`level.${level}`)})`);
    const go = () => level && wishes.relevel(turn.number, level);
    const disabled = !level || turn.running || !turn.id;
    return h("button", { type: "button", class: "small move", "data-name": name, disabled, onclick: go }, t(`meter.${name}`), told);
  };
  return h("div", { class: "moves" }, move("simpler", LEVELS[at - 1]), move("deeper", LEVELS[at + 1]));
}

/** Whether it helps; the newsroom is told, not by whom. @param {Turn} turn @param {Texts} t @param {Wishes} wishes */
export function opinion(turn, t, wishes) {
  if (!turn.id || !turn.answer || isFixed(turn)) return [];
  const buttons = ["helpful", "unhelpful", "wrong"].map((name) => {
    const judge = () => wishes.judge(turn.number, name);
    const isGiven = String(turn.opinion === name);
    return h("button", { type: "button", class: "small", "data-name": name, "aria-pressed": isGiven, onclick: judge }, t(`opinion.${name}`));
  });
  const label = h("span", { id: `opinion${turn.number}` }, t("opinion.title"));
  const thanks = turn.opinion && h("p", { role: "status" }, t("opinion.thanks"));
  return [h("div", { class: "judge", role: "group", "aria-labelledby": `opinion${turn.number}` }, label, ...buttons), thanks];
}

/** Questions that can be answered, each a button. @param {Turn} turn @param {Texts} t @param {Wishes} wishes */
export function suggestions(turn, t, wishes) {
  const isOwn = turn.answer && !isFixed(turn) && turn.language === t.language;
  const questions = /** @type {string[]} */ ((isOwn && turn.answer.suggestions) || []);
  if (!questions.length) return [];
  const items = questions.map((each) => h("li", {}, h("button", { type: "button", class: "suggestion", onclick: () => wishes.ask(each) }, each)));
  return [h("h4", {}, t("suggestions")), h("ul", {}, ...items)];
}
