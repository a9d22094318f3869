// What is known of a question and its answer, event by event. Knows no page and no network: values in, values out.

/**
 * @typedef {Object} Sentence
 * @property {string} text
 * @property {number[]} citations
 * @property {boolean} quoted
 * @property {boolean} eased
 * @property {string} voice
 * @property {boolean} [fixed]
 * @property {number} [place]
 */
/**
 * @typedef {Object} Turn
 * @property {number} number
 * @property {string} question
 * @property {string} level
 * @property {string} language
 * @property {boolean} running
 * @property {boolean} fresh whether what is shown belongs to what is asked now, and not to another level
 * @property {any[]} evidence
 * @property {string} understood
 * @property {Sentence[]} sentences
 * @property {{ahead: number, seconds: number} | null} waiting
 * @property {any} answer
 * @property {string} id
 * @property {Record<string, any[]>} words
 * @property {any[]} quiz
 * @property {{text: string, on: string} | null} correction
 * @property {boolean} fromArticle
 * @property {string} problem the name of a text
 * @property {string} opinion
 */

const FIXED = ["crisis", "declined", "about_me"];
const SHOWN_MEANWHILE = 4; // cards while the answer is written; all that was found would fill a phone many times
const KEPT = 5; // earlier answers that a question may lean on

const NOTHING = {
  evidence: [], understood: "", sentences: [], waiting: null, answer: null, id: "", words: {}, quiz: [],
  correction: null, fromArticle: true, problem: "", opinion: "",
}; // prettier-ignore

/** @param {number} number @param {string} question @param {string} level @param {string} language @returns {Turn} */
export function begin(number, question, level, language) {
  return { ...NOTHING, number, question, level, language, running: true, fresh: true };
}

/** The same question once more; what is shown stays until the first that comes. @param {Turn} turn @param {string} level @returns {Turn} */
export function beginAgain(turn, level) {
  return { ...turn, level, running: true, fresh: false, problem: "", waiting: null };
}

/** @param {Turn} turn @param {string} problem @returns {Turn} */
export function fail(turn, problem) {
  return { ...turn, running: false, waiting: null, problem };
}

/**
 * The turn after an event. Names that are not known are of a later version and change nothing.
 * @param {Turn} turn
 * @param {string} name
 * @param {any} data
 * @returns {Turn}
 */
export function advance(turn, name, data) {
  const now = turn.fresh ? turn : { ...turn, ...NOTHING, fresh: true };
  switch (name) {
    case "evidence":
      // a second time: the article told nothing, now the rest of the site is asked
      return { ...now, sentences: [], evidence: data.evidence || [], understood: data.understood || "" };
    case "waiting":
      return { ...turn, waiting: { ahead: Number(data.ahead) || 0, seconds: Number(data.seconds) || 0 } };
    case "sentence":
      return { ...now, waiting: null, sentences: inserted(now.sentences, data) };
    case "finished":
      return finished(now, data);
    default:
      return turn;
  }
}

/** @param {Sentence[]} sentences @param {Sentence} sentence */
function inserted(sentences, sentence) {
  const place = Number.isInteger(sentence.place) ? Number(sentence.place) : sentences.length;
  return [...sentences.slice(0, place), sentence, ...sentences.slice(place)];
}

/** @param {Turn} turn @param {any} data @returns {Turn} */
function finished(turn, data) {
  const answer = data.answer;
  const fixed = new Set(answer.fixed || []);
  return {
    ...turn,
    running: false,
    waiting: null,
    answer,
    question: answer.question || turn.question,
    id: data.id || "",
    evidence: answer.citations || [],
    understood: answer.understood || "",
    sentences: (answer.sentences || []).map((/** @type {Sentence} */ each, /** @type {number} */ at) => ({ ...each, fixed: fixed.has(at) })),
    words: data.words || {},
    quiz: data.quiz || [],
    correction: data.correction || null,
    fromArticle: data.from_article !== false,
  };
}

/** The cards to show: the best that was found, and all that is cited; in the end only the latter. @param {Turn} turn */
export function shownEvidence(turn) {
  const cited = new Set(turn.sentences.flatMap((each) => each.citations || []));
  const best = turn.answer || turn.problem ? 0 : SHOWN_MEANWHILE;
  return turn.evidence.filter((each, at) => at < best || cited.has(each.number));
}

/** For whom what is shown is written: not yet for those for whom it is asked again. @param {Turn} turn @returns {string} */
export const shownLevel = (turn) => (turn.answer && !turn.fresh ? turn.answer.level : turn.level);

/** Whether the answer is the same for all, about no article. @param {Turn} turn */
export const isFixed = (turn) => Boolean(turn.answer) && FIXED.includes(turn.answer.status);

/** Whether the answer tells something that articles say. @param {Turn} turn */
export const tells = (turn) => Boolean(turn.answer) && ["answered", "quoted"].includes(turn.answer.status);

/** Whether the answer is nothing but quotes. @param {Turn} turn */
export const isQuoted = (turn) => tells(turn) && turn.sentences.every((each) => each.quoted);

/** The ids of earlier answers that a question may lean on: never of a reader in need. @param {Turn[]} turns */
export const leanOn = (turns) => turns.filter((each) => each.id && !isFixed(each)).map((each) => each.id).slice(-KEPT);

/** The difficult words of a text. @param {Turn} turn @param {string} text @returns {any[]} */
export const wordsOf = (turn, text) => (Object.hasOwn(turn.words, text) ? turn.words[text] : []);

/** The question that was answered, where it is not the one that was typed. @param {Turn} turn */
export const understoodOtherwise = (turn) => (turn.understood && turn.understood !== turn.question ? turn.understood : "");
