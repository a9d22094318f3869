// Elements out of plain values. Text goes in as text, never as markup. Knows nothing of what is shown.

const DRAWN = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | null | undefined | false | any[]} Piece */

/**
 * An element with attributes and listeners; what is undefined, null or false is left out.
 * Example: h("button", { class: "mark", onclick: go }, "1")
 * @param {string} tag
 * @param {Record<string, any>} [wanted]
 * @param {...Piece} inside
 * @returns {any}
 */
export function h(tag, wanted = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(wanted)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  fill(element, inside);
  return element;
}

/**
 * Put these in place of what an element holds.
 * @param {Element} element
 * @param {...Piece} inside
 */
export function fill(element, ...inside) {
  element.replaceChildren(...pieces(inside));
}

/** @param {Piece[]} inside @returns {(Node | string)[]} */
function pieces(inside) {
  return /** @type {any} */ (inside.flat(Infinity)).filter((/** @type {Piece} */ each) => each || each === "");
}

/**
 * A drawing of one path or more; it adds nothing for who listens.
 * @param {string} name
 * @param {string} box
 * @param {[string, Record<string, string>][]} shapes
 */
export function drawing(name, box, shapes) {
  const whole = document.createElementNS(DRAWN, "svg");
  const about = { class: name, viewBox: box, "aria-hidden": "true", focusable: "false" };
  for (const [key, value] of Object.entries(about)) whole.setAttribute(key, value);
  for (const [shape, values] of shapes) {
    const part = document.createElementNS(DRAWN, shape);
    for (const [key, value] of Object.entries(values)) part.setAttribute(key, value);
    whole.append(part);
  }
  return whole;
}

/**
 * Show a list in a place; what stands there with the same key stays as it is, with its focus and its state.
 * @template T
 * @param {Element} place
 * @param {readonly T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => Element} make
 */
export function keyed(place, items, keyOf, make) {
  /** @type {Map<string, any>} */
  const standing = new Map([...place.children].map((each) => [/** @type {any} */ (each).actuclairKey, each]));
  /** @type {Map<string, number>} */
  const seen = new Map(); // what is there twice is told apart by its turn
  const wanted = items.map((item) => {
    const own = keyOf(item);
    seen.set(own, (seen.get(own) || 0) + 1);
    const key = `${seen.get(own)} ${own}`;
    const element = standing.get(key) || make(item);
    standing.delete(key);
    element.actuclairKey = key;
    return element;
  });
  for (const gone of standing.values()) gone.remove();
  wanted.forEach((element, at) => {
    if (place.children[at] !== element) place.insertBefore(element, place.children[at] || null);
  });
}

/**
 * Whether a reader may be sent there: "javascript:alert(1)" -> false.
 * @param {unknown} address
 */
export function isWebAddress(address) {
  try {
    return ["http:", "https:"].includes(new URL(String(address)).protocol);
  } catch {
    return false; // what is no address
  }
}
