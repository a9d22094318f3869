// In a frame of a site: the site is told how high the frame should be, and nothing else. Nobody but that site is told.

const ARRIVES = "html, body { margin: 0; background: transparent; } body { padding: 2px; }";
const FONT = (/** @type {string} */ file, /** @type {string} */ style) =>
  `@font-face { font-family: "Nunito"; src: url("/page-files/${file}.woff2") format("woff2"); font-weight: 200 1000; font-style: ${style}; font-display: swap; }`;

/**
 * Tell a parent of exactly this origin the height of the page, now and whenever it changes.
 * @param {HTMLElement} element
 * @param {string} origin as in "https://news.example"
 * @param {AbortSignal} signal
 */
export function tellHeight(element, origin, signal) {
  if (window.parent === window || !isOrigin(origin)) return;
  const look = new CSSStyleSheet();
  look.replaceSync([ARRIVES, FONT("nunito-latin", "normal"), FONT("nunito-latin-italic", "italic")].join(""));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];
  let told = 0;
  const tell = () => {
    const height = Math.ceil(element.getBoundingClientRect().bottom + window.scrollY) + 2;
    if (height === told) return;
    told = height;
    window.parent.postMessage({ type: "actuclair-height", height }, origin);
  };
  const watching = new ResizeObserver(tell);
  watching.observe(element);
  signal.addEventListener("abort", () => watching.disconnect());
}

/** Whether it is one origin, spelled as browsers do: never "*", never a path. @param {string} text */
export function isOrigin(text) {
  try {
    const { origin, protocol } = new URL(text);
    return origin === text && /^https?:$/.test(protocol);
  } catch {
    return false; // no address at all
  }
}
