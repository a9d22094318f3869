// Gradio closes its stream when nothing is asked. What is asked while the word of that is on its way goes to a stream that has
// ended, and its answer would wait there for ever: any other call opens a new one, which brings it.
(() => {
  const WAKES_MS = [1000, 2000, 4000, 8000]; // after the call and after one another: calls are counted (web/rules.py)
  let timer = 0;
  let changed = ""; // where the answer is seen

  const wake = (times) => {
    timer = times.length && setTimeout(() => {
      document.querySelector("#wake").click();
      wake(times.slice(1));
    }, times[0]);
  };
  document.addEventListener("called", ({ detail }) => {
    clearTimeout(timer);
    changed = detail;
    wake(WAKES_MS);
  });
  new MutationObserver((changes) => {
    if (!timer || !changes.some(({ target }) => target.closest(changed))) return;
    clearTimeout(timer);
    timer = 0;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
