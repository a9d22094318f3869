// Checks an answer of the quiz in the page itself: capitals, accents and spaces do not count. Enter in the word box checks.
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss").match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? "";

  const check = (question) => {
    const given = question.querySelector("input:checked, input[type=text]");
    const verdict = question.querySelector(".quiz-verdict");
    const value = given ? given.value : "";
    if (!fold(value)) {
      verdict.textContent = question.dataset.empty;
      return;
    }
    const right = fold(value) === fold(question.dataset.answer);
    question.dataset.state = right ? "right" : "wrong";
    verdict.textContent = right ? question.dataset.right : question.dataset.wrong;
    question.querySelector(".quiz-proof").hidden = false;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-check]");
    if (button) check(button.closest(".quiz-question"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches || !event.target.matches(".quiz-question input[type=text]")) return;
    event.preventDefault();
    check(event.target.closest(".quiz-question"));
  });
})();
