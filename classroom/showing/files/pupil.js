// The pupil's page: asking, what one makes of an answer, links to the proofs.
import { call, complain, listen } from "/class-files/common.js";

const composer = document.querySelector("#composer");
const box = composer.querySelector("textarea");
const button = composer.querySelector("[type=submit]");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const reveal = (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

const follow = () => {
  const may = document.querySelector("[data-may-ask]")?.dataset.mayAsk !== "no";
  box.disabled = button.disabled = !may;
};
const calmDown = () => complain(composer, { problem: "" });
// The next at this computer reads nothing; who was sent out and needs help keeps it in sight.
const clear = (why) => {
  if (!why) return;
  box.value = "";
  document.querySelector(".masthead .tagline").replaceChildren(); // the nickname
  for (const left of document.querySelectorAll("[data-part]:not([data-part=lesson])")) {
    if (why === "deleted" || !left.querySelector('.answer[data-status="crisis"]')) left.replaceChildren();
  }
};
document.addEventListener("part", (event) => {
  follow();
  clear(document.querySelector("[data-gone]")?.dataset.gone);
  if (event.detail.place.querySelector(".answer") && !document.querySelector('.answer[data-status="running"]')) calmDown(); // "one at a time" is over
  const question = event.detail.place.querySelector(".question");
  if (question && event.detail.part !== composer.dataset.newest && event.detail.place === event.detail.place.parentElement.lastElementChild) {
    composer.dataset.newest = event.detail.part;
    reveal(question, "start");
  }
});

const touched = matchMedia("(pointer: coarse)").matches;
const ask = async (text, isTyped = false) => {
  if (button.disabled) return;
  button.disabled = true;
  const level = composer.querySelector("[name=level]:checked, [name=level][type=hidden]").value;
  const told = await call(`${composer.dataset.at}/ask`, { question: text, level });
  follow();
  complain(composer, told);
  if (told.ok && (isTyped || box.value === text)) box.value = ""; // what was typed beside a suggestion stays
  else if (!box.value) box.value = text;
  if (touched) box.blur(); // the keyboard of a phone would lie over the answer
  else if (isTyped) box.focus({ preventScroll: true });
};

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(box.value, true);
});
box.addEventListener("input", calmDown);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(box.value, true);
});

const judge = async (button) => complain(composer, await call(`${composer.dataset.at}/judge`, { turn: button.closest("[data-turn]").dataset.turn, opinion: button.dataset.judge }));

document.addEventListener("click", (event) => {
  const suggestion = event.target.closest?.("button[data-question]");
  if (suggestion) return void ask(suggestion.dataset.question);
  const opinion = event.target.closest?.("[data-judge]");
  if (opinion) return void judge(opinion);
  const link = event.target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!place) return undefined;
  event.preventDefault();
  const scroll = scrollY;
  location.replace(`#${place.id}`);
  scrollTo(0, scroll);
  place.focus({ preventScroll: true });
  return reveal(place, "center");
});

// What was answered in a quiz goes to the server once, which decides itself whether it is right.
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const turn = target.closest("[data-part]")?.querySelector(".opinion[data-turn]")?.dataset.turn;
    if (!turn || !target.matches(".quiz-question") || target.dataset.told) continue;
    target.dataset.told = "yes";
    const given = target.querySelector("input:checked, input[type=text]").value;
    const place = [...target.parentElement.children].indexOf(target);
    call(`${composer.dataset.at}/quiz`, { turn, place, given });
  }
}).observe(document.querySelector("[data-list]"), { subtree: true, attributeFilter: ["data-state"] });

follow();
listen(`${composer.dataset.at}/stream`, composer.dataset.since);
