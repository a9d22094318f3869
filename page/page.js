// What HTML and CSS cannot do here: the document's language and title, focus after in-page links, the new question in
// sight, suggestions that ask themselves.
(() => {
  let newest = "";
  let focused = null;
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  const reveal = (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

  // Gradio gives every radio button a name of its own: arrow keys and screen readers need one name and a label a group.
  const group = (fieldset) => {
    const label = fieldset.querySelector("[data-testid=block-info]");
    if (label && !label.id) label.id = `${fieldset.id}-label`;
    if (label) fieldset.setAttribute("aria-labelledby", label.id);
    for (const input of fieldset.querySelectorAll("input[type=radio]")) if (input.name !== fieldset.id) input.name = fieldset.id;
  };

  // Examples and the button for a new conversation vanish when used: the focus goes on to where things happen.
  const rescue = (question) => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    focused = null;
    (question || document.querySelector("#question textarea")).focus({ preventScroll: true });
  };
  document.addEventListener("focusin", (event) => (focused = event.target));

  const follow = () => {
    document.querySelectorAll("fieldset[id]").forEach(group);
    const header = document.querySelector("[data-language]");
    if (header && document.documentElement.lang !== header.dataset.language) document.documentElement.lang = header.dataset.language;
    if (header && document.title !== header.dataset.title) document.title = header.dataset.title;

    const question = document.querySelector("#current .question");
    const id = question ? question.id : "";
    if (id && id !== newest) {
      reveal(question, "start");
    }
    newest = id;
    rescue(question);
  };

  // Gradio's <base> would turn `#e1-2` into a reload of a page opened as `/?language=it`.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (!link) return;
    const place = document.getElementById(link.getAttribute("href").slice(1));
    event.preventDefault();
    if (!place) return;
    if (place.tagName === "DETAILS") place.open = true;
    const scroll = window.scrollY;
    window.location.hash = place.id;
    window.scrollTo(0, scroll);
    (place.querySelector("textarea, summary") || place).focus({ preventScroll: true });
    reveal(place, place.tagName === "DETAILS" ? "start" : "center");
  });

  // The box belongs to Gradio, which takes in what is typed: the native setter and an input event are as good as typing.
  const fill = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  document.addEventListener("click", (event) => {
    const suggestion = event.target.closest && event.target.closest("button[data-question]");
    if (!suggestion) return;
    const box = document.querySelector("#question textarea");
    fill.call(box, suggestion.dataset.question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("#send").click();
  });

  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-language", "id"] });
})();
