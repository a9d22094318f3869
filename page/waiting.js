// A question sent while an answer is written is asked after it (blocks.py, trigger_mode): here the reader is told so. What was
// sent leaves the box when it appears above, and what was typed meanwhile stays; where nothing appears, nothing is lost.
(() => {
  const TWICE_MS = 2000; // a second press so soon after the first is not meant
  const CHECK_MS = 500;
  const PATIENCE = 5; // checks
  const fill = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  const box = () => document.querySelector("#question textarea");
  const is_running = () => document.querySelector('.answer[data-status="running"]') !== null;
  const newest = () => (document.querySelector("#current .question") || { id: "" }).id;
  let pressed = { text: "", at: -TWICE_MS };
  let unsent = ""; // sent by the reader, not on its way yet
  let written = ""; // what stood in the box at that press: a letter typed an instant later is none of it
  let sent = null; // on its way: its text, and the newest question until then
  let idle = 0;

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
    unsent = text;
    written = box().value;
    if (text && is_running()) tell(document.querySelector("[data-waiting]").dataset.waiting);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target === box()) send(event);
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#send")) send(event);
  }, true);

  document.addEventListener("asked", (event) => {
    if (event.detail.wish) return; // an answer at another level, not what is in the box
    unsent = "";
    sent = { text: written && box().value.startsWith(written) ? written : box().value, before: newest() };
    written = "";
  });
  new MutationObserver(() => {
    if (document.querySelector("#waiting") && !is_running()) tell("");
    if (!sent || !newest() || newest() === sent.before) return;
    const { text } = sent;
    sent = null;
    if (!text || !box().value.startsWith(text)) return;
    fill.call(box(), box().value.slice(text.length));
    box().dispatchEvent(new Event("input", { bubbles: true })); // the box is Gradio's, which takes in what is typed
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["id"] });

  // Gradio forgets what waits where that which it waits for fails: then it is sent again.
  setInterval(() => {
    idle = unsent && !is_running() && box() && box().value.trim() === unsent ? idle + 1 : 0;
    if (idle < PATIENCE) return;
    idle = 0;
    document.querySelector("#send").click();
  }, CHECK_MS);
})();
