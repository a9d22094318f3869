// Small drawings: the ones of the page of Actuclair, drawn without a file, so that no policy for images matters.

import { drawing } from "./dom.js";

/** @type {Record<string, string>} */
const PATHS = {
  news: "M4 5h13v14H6a2 2 0 0 1-2-2zM17 9h3v8a2 2 0 0 1-2 2M7.5 9h6M7.5 12.5h6M7.5 16h4",
  speech: "M4 5h16v11h-8l-5 4v-4H4zM8.5 12.5c1.2-.6 1.8-1.7 1.8-3.5H8v2M14 12.5c1.2-.6 1.8-1.7 1.8-3.5h-2.3v2",
  opinion: "M4 10v4h3l8 4V6l-8 4zM18 9.5a4 4 0 0 1 0 5M8 14.5l1.5 5H12l-1-4",
  comments: "M9 5.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7M2.8 20c.6-4 2.9-6 6.2-6s5.6 2 6.2 6M15 4h6v6h-3l-2 2",
  calendar: "M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 7v5.2l3.5 2",
  scales: "M12 4v16M8 20h8M5 7h14M5 7l-3 7a3.2 3.2 0 0 0 6 0zM19 7l-3 7a3.2 3.2 0 0 0 6 0z",
  listen: "M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.2a8 8 0 0 1 0 11.6",
  pause: "M8.5 6v12M15.5 6v12",
  stop: "M7 7h10v10H7z",
  anew: "M12 5v14M5 12h14",
  pen: "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5L17.500 10",
  heart: "M12 20S4 15 4 9a4.200 4.200 0 0 1 8-1.800A4.200 4.200 0 0 1 20 9c0 6-8 11-8 11z",
  close: "M6 6l12 12M18 6L6 18",
  up: "M12 20V5M5.500 11.500L12 5l6.500 6.500",
  idea: "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.500 10.900V15.500h7V13.900A6 6 0 0 0 12 3z",
};

/** @param {string} name */
export const icon = (name) => drawing("icon", "0 0 24 24", [["path", { d: PATHS[name] || PATHS.news }]]);

/** The bubble with the sun. */
export const logo = () =>
  drawing("logo", "0 0 48 48", [
    ["path", { class: "bubble", d: "M8 8h32a5 5 0 0 1 5 5v19a5 5 0 0 1-5 5H23l-10 8v-8H8a5 5 0 0 1-5-5V13a5 5 0 0 1 5-5z" }],
    ["circle", { class: "sun", cx: "24", cy: "22.5", r: "5.5" }],
    ["path", { class: "rays", d: "M24 11v2.500M24 31.500V34M12.500 22.500H15M33 22.500h2.500M15.900 14.400l1.700 1.700M30.400 28.900l1.700 1.700M15.900 30.600l1.700-1.700M30.400 16.100l1.700-1.700" }],
  ]);

const GROUND = /** @type {[string, Record<string, string>]} */ (["path", { class: "ground", d: "M6 36h28" }]);
/** @type {Record<string, [string, Record<string, string>][]>} */
const PLANTS = {
  child: [["path", { class: "stem", d: "M20 35v-9" }], ["path", { class: "leaf", d: "M20 27c-1-5-5-7-10-7 0 5 4 8 10 7zM20 27c0-5 4-8 9-8 0 5-3 9-9 8z" }]],
  tween: [["path", { class: "stem", d: "M20 35V14" }], ["path", { class: "leaf", d: "M20 31c-1-5-5-7-11-7 0 5 5 8 11 7zM20 26c0-5 4-8 10-8 0 5-4 9-10 8zM20 17c-4-3-4-8 0-12 4 4 4 9 0 12z" }]],
  teen: [
    ["path", { class: "stem", d: "M20 35V16" }], ["path", { class: "leaf", d: "M20 32c-1-5-5-7-11-7 0 5 5 8 11 7zM20 29c0-5 4-8 11-8 0 5-5 9-11 8z" }],
    ...[[20, 5.5], [14.5, 9.5], [25.5, 9.5], [16.5, 15.5], [23.5, 15.5]].map(([x, y]) => circle("petal", x, y, 3.6)), circle("heart", 20, 11, 3.4),
  ],
  adult: [
    ["path", { class: "stem wood", d: "M20 35V22M20 28l6-5" }],
    circle("leaf", 20, 11, 8.5), circle("leaf", 12, 17, 7), circle("leaf", 28, 17, 7),
    circle("petal", 16, 12, 1.8), circle("petal", 26, 15, 1.8), circle("petal", 12, 19, 1.8),
  ],
}; // prettier-ignore

/** A plant that grows with the reader. @param {string} level */
export const plant = (level) => drawing("plant", "0 0 40 40", [GROUND, ...PLANTS[level]]);

/** @param {string} name @param {number} x @param {number} y @param {number} r @returns {[string, Record<string, string>]} */
function circle(name, x, y, r) {
  return ["circle", { class: name, cx: String(x), cy: String(y), r: String(r) }];
}
