// What is known of a question, event by event; and what else can be tried without a page.
import assert from "node:assert/strict";
import { test } from "node:test";

import { problemOf } from "../src/api.js";
import { isOrigin } from "../src/embed.js";
import { fold } from "../src/fold.js";
import { advance, begin, beginAgain, fail, leanOn, shownEvidence, shownLevel, understoodOtherwise, wordsOf } from "../src/state.js";

const evidence = [1, 2, 3, 4, 5, 6].map((number) => ({ number, quote: `Zitat ${number}` }));
const sentence = (text, place, citations = [1], quoted = false) => ({ text, place, citations, quoted });
const asked = () => begin(1, "Qui chante ?", "child", "fr");
const answer = (status, more = {}) => ({ status, question: "Qui chante ?", text: "…", sentences: [], citations: [], ...more });
const after = (turn, ...events) => events.reduce((now, [name, data]) => advance(now, name, data), turn);

test("a sentence goes where it belongs among those that are there", () => {
  const turn = after(asked(), ["sentence", sentence("zweitens", 0)], ["sentence", sentence("erstens", 0)], ["sentence", sentence("drittens", 2)]);
  assert.deepEqual(turn.sentences.map((each) => each.text), ["erstens", "zweitens", "drittens"]);
});

test("four cards at most while it is written, and all that is cited; in the end only the latter", () => {
  const running = after(asked(), ["evidence", { evidence }], ["sentence", sentence("a", 0, [6])]);
  assert.deepEqual(shownEvidence(running).map((each) => each.number), [1, 2, 3, 4, 6]);
  const done = after(running, ["finished", { answer: answer("answered", { citations: evidence, sentences: [sentence("a", 0, [6])] }) }]);
  assert.deepEqual(shownEvidence(done).map((each) => each.number), [6]);
});

test("an answer is shown as for those for whom it was written, until the other one begins", () => {
  const child = after(asked(), ["finished", { answer: answer("answered", { level: "child" }) }]);
  const wanted = beginAgain(child, "tween");
  assert.equal(shownLevel(wanted), "child");
  assert.equal(shownLevel(fail(wanted, "broken")), "child");
  assert.equal(shownLevel(after(wanted, ["sentence", sentence("autrement", 0)])), "tween");
});

test("the finished answer replaces all that came before it, the question as typed too", () => {
  const done = after(asked(), ["evidence", { evidence }], ["sentence", sentence("faux", 0)], ["waiting", { ahead: 2, seconds: 9 }], [
    "finished",
    { id: "x1", answer: answer("answered", { question: "Qui est [nom] ?", sentences: [sentence("juste", 0)], fixed: [0] }), from_article: false },
  ]);
  assert.equal(done.question, "Qui est [nom] ?");
  assert.deepEqual(done.sentences.map((each) => [each.text, each.fixed]), [["juste", true]]);
  assert.deepEqual([done.running, done.waiting, done.fromArticle, done.id], [false, null, false, "x1"]);
});

test("where the article tells nothing, the rest of the site begins anew", () => {
  const turn = after(asked(), ["evidence", { evidence }], ["sentence", sentence("nichts", 0)], ["evidence", { evidence: [evidence[4]] }]);
  assert.deepEqual([turn.sentences, turn.evidence], [[], [evidence[4]]]);
});

test("waiting is over with the next sentence", () => {
  const turn = after(asked(), ["waiting", { ahead: 3, seconds: 20 }]);
  assert.deepEqual(turn.waiting, { ahead: 3, seconds: 20 });
  assert.equal(after(turn, ["sentence", sentence("a", 0)]).waiting, null);
});

test("at another level what stands stays until the first that comes", () => {
  const done = after(asked(), ["finished", { id: "x1", answer: answer("answered", { sentences: [sentence("alt", 0)] }) }]);
  const again = beginAgain(done, "adult");
  assert.deepEqual([again.running, again.level, again.sentences.length, again.answer.status], [true, "adult", 1, "answered"]);
  const begun = after(again, ["evidence", { evidence }]);
  assert.deepEqual([begun.sentences, begun.answer, begun.id], [[], null, ""]);
  assert.equal(fail(again, "gone").sentences.length, 1);
});

test("what a later server tells besides changes nothing", () => {
  const turn = asked();
  assert.equal(advance(turn, "confetti", {}), turn);
});

test("a question never leans on the answer to a reader in need", () => {
  const told = after(asked(), ["finished", { id: "a", answer: answer("answered") }]);
  const crisis = after(asked(), ["finished", { id: "b", answer: answer("crisis") }]);
  assert.deepEqual(leanOn([told, crisis, asked()]), ["a"]);
});

test("what was understood is told only where it is not what was typed", () => {
  assert.equal(understoodOtherwise(after(asked(), ["evidence", { evidence, understood: "Qui chante ?" }])), "");
  assert.equal(understoodOtherwise(after(asked(), ["evidence", { evidence, understood: "Qui est Ugo ?" }])), "Qui est Ugo ?");
});

test("every status is a sentence for readers", () => {
  const told = [403, 401, 422, 404, 429, 500].map((status) => problemOf({ status }));
  assert.deepEqual(told, ["not_here", "not_here", "question_refused", "gone", "too_many", "later"]);
  assert.equal(problemOf({ type: "urn:actuclair:problem:article_coming", status: 409 }), "article_coming");
  assert.equal(problemOf({ type: "urn:actuclair:problem:constructor", status: 503 }), "later");
});

test("a height is told to one origin, never to all and never to an address", () => {
  for (const wrong of ["*", "", "null", "https://news.example/", "https://news.example/a", "javascript:alert(1)", "HTTPS://news.example", "file://"]) {
    assert.equal(isOrigin(wrong), false, wrong);
  }
  assert.equal(isOrigin("https://news.example:8443"), true);
});

test("a sentence that is called like a part of every object has no words of its own", () => {
  assert.deepEqual(wordsOf(asked(), "constructor"), []);
});

test("capitals, accents and marks do not count in the quiz", () => {
  assert.equal(fold("  L’Écran, STRAßE! "), "l ecran strasse");
  assert.equal(fold(" … "), "");
});
