// "Simpler" and "more detail": the page is told which answer is wanted at which level, and the focus stays on the button.
(() => {
  let pressed = null;
  let wanted = ""; // until the page asks for it, which is after what is being answered

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.move");
    const running = document.querySelector(".answer[data-status=running]");
    if (!button || running) return;
    pressed = button.id;
    wanted = `${button.dataset.turn} ${button.dataset.level}`;
    document.querySelector("#wish-go").click();
  });

  document.addEventListener("asked", (event) => {
    event.detail.wish = wanted;
    wanted = "";
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#renew")) wanted = "";
  }, true);

  // The answer is drawn anew, more than once: its button is another one each time, and may lead no further. Then the
  // other one is near. Whoever does something else is let go.
  const follow = () => {
    const button = pressed && document.getElementById(pressed);
    if (!button || button.closest(".answer[data-status=running]")) return;
    const near = button.disabled ? button.parentElement.querySelector("button.move:not(:disabled)") : button;
    if (near && document.activeElement !== near) near.focus({ preventScroll: true });
  };
  const letGo = () => (pressed = null);
  document.addEventListener("keydown", letGo, true);
  document.addEventListener("pointerdown", letGo, true);
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
})();
