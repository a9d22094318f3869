// "Test yourself": questions with the browser's own controls, checked here without asking the server. Knows no network.

import { title } from "./cards.js";
import { fill, h } from "./dom.js";
import { fold } from "./fold.js";
import { within } from "./marks.js";

/** @typedef {import("./texts.js").Texts} Texts */

const GAP = "____";

/**
 * The questions below an answer, folded away; nothing when there are none.
 * @param {any[]} questions
 * @param {string} language of the answer, when a question does not say its own
 * @param {string} name makes the names of the controls unique
 * @param {Texts} t
 */
export function quiz(questions, language, name, t) {
  if (!questions.length) return null;
  const asked = questions.map((each, at) => question(each, (each.proof && each.proof.language) || language, `${name}-${at}`, t));
  const about = h("p", { class: "quiz-about" }, t("quiz.about"));
  return h("details", { class: "quiz" }, h("summary", {}, t("quiz.title")), about, h("ol", {}, ...asked));
}

/** @param {any} asked @param {string} language @param {string} name @param {Texts} t */
function question(asked, language, name, t) {
  const kind = ["choose", "true_false", "fill"].includes(asked.kind) ? asked.kind : "choose";
  const verdict = h("p", { class: "quiz-verdict", role: "status" });
  const proof = h("div", { class: "quiz-proof", hidden: true }, ...proofOf(asked.proof, language, t));
  const inputs = controls(asked, kind, language, name, t);
  const element = h("li", { class: "quiz-question" });
  const check = () => {
    const given = element.querySelector("input:checked, input[type=text]");
    const value = given ? given.value : "";
    if (kind === "fill" ? !fold(value) : !given) return fill(verdict, t("quiz.empty"));
    const isRight = kind === "fill" ? fold(value) === fold(asked.right) : value === asked.right; // "3" is not "−3"
    element.dataset.state = isRight ? "right" : "wrong";
    const right = kind === "true_false" ? t(`quiz.${asked.right === "true"}`) : asked.right;
    fill(verdict, isRight ? t("quiz.right") : t("quiz.wrong", { answer: right }));
    proof.hidden = false;
  };
  const sentence = h("p", { class: "quiz-text", id: `${name}-text`, lang: language }, ...withGap(asked.question, t));
  const group = h("fieldset", { "aria-describedby": `${name}-text` }, h("legend", {}, t(`quiz.${kind}`)), sentence, ...inputs);
  group.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.isComposing) check();
  });
  fill(element, group, h("button", { type: "button", class: "strong", onclick: check }, t("quiz.check")), verdict, proof);
  return element;
}

/** A gap is seen as a line and read out as a word. @param {string} text @param {Texts} t */
function withGap(text, t) {
  return text.split(GAP).flatMap((part, at) => {
    const gap = [h("span", { class: "quiz-gap", "aria-hidden": "true" }), h("span", { class: "unseen", lang: t.language }, t("quiz.gap"))];
    return at ? [...gap, part] : [part];
  });
}

/** @param {any} asked @param {string} kind @param {string} language @param {string} name @param {Texts} t */
function controls(asked, kind, language, name, t) {
  if (kind === "fill") {
    const box = h("input", { type: "text", id: `${name}-word`, autocomplete: "off", autocapitalize: "off", spellcheck: "false", lang: language });
    const [letter] = asked.right;
    const said = h("span", { class: "unseen" }, t("quiz.hint", { letter, count: asked.right.length }));
    const hint = asked.hint && h("span", { class: "quiz-hint" }, h("span", { "aria-hidden": "true" }, asked.hint), said);
    return [h("label", { for: `${name}-word` }, t("quiz.word")), " ", box, hint];
  }
  const values = kind === "choose" ? asked.choices : ["true", "false"];
  return values.map((/** @type {string} */ value) => {
    const input = h("input", { type: "radio", name });
    input.value = value;
    const said = kind === "choose" ? h("span", { lang: language }, value) : h("span", {}, t(`quiz.${value}`));
    return h("label", { class: "quiz-option" }, input, said);
  });
}

/** What proves it, word for word. @param {any} proof @param {string} language @param {Texts} t */
function proofOf(proof, language, t) {
  if (!proof) return [];
  const told = typeof proof === "string" ? { quote: proof } : proof;
  const tongue = told.language || language;
  return [h("p", {}, t("quiz.proof"), " ", told.title && title(told, t)), h("blockquote", { lang: tongue }, h("p", {}, within(told.quote, tongue)))];
}
