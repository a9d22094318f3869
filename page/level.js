// "Simpler" and "more detail": the page is told which answer is wanted at which level, and the focus stays on the button.
(() => {
  let pressed = null;
  const fill = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.move");
    const running = document.querySelector(".answer[data-status=running]");
    if (!button || running) return;
    pressed = button.id;
    const wish = document.querySelector("#wish textarea");
    fill.call(wish, `${button.dataset.turn} ${button.dataset.level} ${Date.now()}`);
    wish.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("#wish-go").click();
  });

  // The answer is drawn anew: its button is another one, and may lead no further. Then the other one is near.
  const follow = () => {
    const button = pressed && document.getElementById(pressed);
    if (!button || button.closest(".answer[data-status=running]") || button.dataset.seen) return;
    const other = button.parentElement.querySelector("button.move:not(:disabled)");
    (button.disabled ? other : button).focus({ preventScroll: true });
    pressed = null;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.move");
    if (button) button.dataset.seen = "yes";
  });
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
})();
