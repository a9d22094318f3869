// A question sent while an answer is written is asked after it (blocks.py, trigger_mode): here the reader is told so. And the
// box is emptied the moment its text is on its way, so that what is typed next is not wiped when the server replies.
(() => {
  const TWICE_MS = 2000; // a second press so soon after the first is not meant
  const fill = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  const box = () => document.querySelector("#question textarea");
  const is_running = () => document.querySelector('#current .answer[data-status="running"]') !== null;
  let pressed = { text: "", at: -TWICE_MS };

  const write = (text) => {
    fill.call(box(), text);
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("asked", () => write(""));

  const tell = (text) => {
    let told = document.querySelector("#waiting");
    if (!told) {
      told = Object.assign(document.createElement("p"), { id: "waiting" });
      told.setAttribute("role", "status");
      document.querySelector("#composer").append(told);
    }
    if (told.textContent !== text) told.textContent = text;
  };

  // A press for nothing would be told "the box is empty", after the answer.
  const send = (event) => {
    const text = box().value.trim();
    const now = performance.now();
    const is_again = now - pressed.at < TWICE_MS && (!text || text === pressed.text);
    if (is_again || (!text && is_running())) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (text) pressed = { text, at: now };
    if (text && is_running()) tell(document.querySelector("[data-waiting]").dataset.waiting);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target === box()) send(event);
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#send")) send(event);
  }, true);

  new MutationObserver(() => {
    if (document.querySelector("#waiting") && !is_running()) tell("");
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
