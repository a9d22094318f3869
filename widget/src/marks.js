// How quotation marks are written inside other ones; the same rules, told at length, as in rag/words/quotation_marks.py.

/** @type {Record<string, string[]>} */
const MARKS = { fr: ["«\u00a0", "\u00a0»", "“", "”"], it: ["«", "»", "“", "”"], es: ["«", "»", "“", "”"], de: ["„", "“", "‚", "‘"], en: ["“", "”", "‘", "’"] };
const CLOSED_BY = { "«": "»", "„": "“”", "“": "”", '"': '"' };
const SPACES = " \u00a0\u202f";

/**
 * A text as it is written in the quotation marks of a language, without these.
 * Example: ("Il dit : « Oui. »", "fr") -> "Il dit : “Oui.”"; ("« Oui.", "fr") -> "Oui."
 * @param {string} text
 * @param {string} language
 */
export function within(text, language) {
  const last = text.length - 1;
  const pairs = pairsOf(text, language);
  const isAround = (/** @type {number[]} */ [start, end]) => start <= 0 && end >= last; // the marks outside stand for them
  const marks = MARKS[language] || MARKS.en;
  const written = text.split("");
  let before = "";
  let behind = "";
  /** Write another mark; the spaces between the old one and what it is about go. @param {number} place @param {string} mark @param {number} step */
  const put = (place, mark, step) => {
    written[place] = mark;
    for (let at = place + step; written[at] && SPACES.includes(written[at]); at += step) written[at] = "";
  };
  for (const pair of pairs) {
    const [start, end] = pair;
    const holds = (/** @type {number[]} */ other) => other !== pair && !isAround(other) && other[0] <= start && other[1] >= end;
    const at = pairs.filter(holds).length % 2 ? 0 : 2;
    const [opening, closing] = isAround(pair) ? ["", ""] : [marks[at], marks[at + 1]];
    if (start < 0) before += opening;
    else put(start, opening, 1);
    if (end > last) behind = closing + behind;
    else put(end, closing, -1);
  }
  return before + written.join("") + behind;
}

/** Where quotations begin and end: before 0 what began earlier, behind the last character what goes on. @param {string} text @param {string} language */
function pairsOf(text, language) {
  /** @type {Record<string, string>} */
  const closedBy = { ...CLOSED_BY, ...(language === "en" && { "‘": "’" }), ...(language === "de" && { "‚": "‘" }) };
  const beginsWord = (/** @type {number} */ at) => at === 0 || (at > 0 && !/[\p{L}\p{N}.,!?…]/u.test(text[at - 1]));
  if (language === "de" && beginsWord(text.indexOf("»"))) closedBy["»"] = "«"; // as German »books« have them
  const isApostrophe = (/** @type {number} */ at) => text[at] === "’" && /\p{L}/u.test(text.charAt(at + 1));
  /** @type {number[][]} */
  const pairs = [];
  /** @type {number[]} */
  const opened = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    const closes = opened.filter((start) => closedBy[text[start]].includes(letter)).pop();
    if (closes !== undefined && !isApostrophe(at)) {
      pairs.push([closes, at]);
      opened.length = opened.indexOf(closes);
    } else if ("»”“".includes(letter) && (!closedBy[letter] || (language === "de" && !beginsWord(at)))) pairs.push([-1, at]);
    else if (closedBy[letter]) opened.push(at);
  }
  return [...pairs, ...opened.filter((at) => "«„“»".includes(text[at])).map((at) => [at, text.length])];
}
