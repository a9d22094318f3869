// Gradio closes its stream when nothing is asked. What is asked while the word of that is on its way goes to a stream that has
// ended, and its answer would wait there for ever: any other call opens a new one, which brings it.
(() => {
  const WAKE_MS = 1000;
  const MOST_WAKES = 15;
  let left = 0;
  let changed = ""; // where the answer is seen

  document.addEventListener("called", ({ detail }) => {
    left = MOST_WAKES;
    changed = detail;
  });
  new MutationObserver((changes) => {
    if (left && changes.some(({ target }) => target.closest(changed))) left = 0;
  }).observe(document.documentElement, { childList: true, subtree: true });
  setInterval(() => {
    if (left === 0) return;
    if (left < MOST_WAKES) document.querySelector("#wake").click();
    left -= 1;
  }, WAKE_MS);
})();
