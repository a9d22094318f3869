// Fixed answers in paragraphs: help for a reader in need, something declined. Knows no network.

import { h } from "./dom.js";

const ITEM = /^- /;
const NUMBER = /:\s(\+?\d[\d\s.]*\d)/; // as safety/replies.py writes it: "Samaritans: 116 123 (day and night)"

/**
 * The paragraphs of a text; lines that begin with "- " become a list, with numbers that a phone can call.
 * @param {string} text
 */
export function paragraphs(text) {
  return text.split(/\n{2,}/).flatMap((part) => {
    const lines = part.split("\n").filter(Boolean);
    const items = lines.filter((line) => ITEM.test(line));
    const said = lines.filter((line) => !ITEM.test(line)).map((line) => h("p", {}, line));
    return items.length ? [...said, h("ul", {}, ...items.map((line) => h("li", {}, ...callable(line.replace(ITEM, "")))))] : said;
  });
}

/** Example: "116 117: 116 117 (daily)" -> ["116 117: ", <a href="tel:116117">, " (daily)"] @param {string} line */
function callable(line) {
  const found = NUMBER.exec(line);
  if (!found) return [line];
  const start = found.index + found[0].length - found[1].length;
  const link = h("a", { href: `tel:${found[1].replace(/[^\d+]/g, "")}` }, found[1]);
  return [line.slice(0, start), link, line.slice(start + found[1].length)];
}
