// Reads an answer aloud with the voices of this device, sentence by sentence. Knows no network and no answers.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {{element: Element, text: string, language: string}} Unit */

const ODD = /^(albert|bad news|bahh|bells|boing|bubbles|cellos|good news|jester|organ|superstar|trinoids|whisper|wobble|zarvox)\b/i;
const VOICES_MS = 1500; // some browsers list their voices only a while after they were asked
const synth = window.speechSynthesis;

/** Only voices of the device itself: others would send what is read to whoever makes the browser. @param {string} language */
function voiceOf(language) {
  const fits = synth.getVoices().filter((each) => each.localService && !ODD.test(each.name) && each.lang.split(/[-_]/)[0].toLowerCase() === language);
  return fits.find((each) => navigator.languages.includes(each.lang.replace("_", "-"))) || fits.find((each) => each.default) || fits[0];
}

/** Voices that are there, at once or a while later. */
async function voicesAreThere() {
  if (synth.getVoices().length) return;
  await new Promise((resolve) => {
    synth.addEventListener("voiceschanged", resolve, { once: true });
    setTimeout(resolve, VOICES_MS);
  });
}

let stopOther = () => {}; // one voice at a time, whatever the number of answers and widgets

/**
 * Two buttons, and what there is to say about them.
 * @param {() => Unit[]} units what is to be read, as it stands when it is
 * @param {Texts} t
 */
export function aloud(units, t) {
  const label = h("span");
  const play = h("button", { type: "button", class: "small", onclick: () => press() });
  const stop = h("button", { type: "button", class: "small", hidden: true, onclick: () => end() }, icon("stop"), t("aloud.stop"));
  const told = h("p", { class: "aloud-told", role: "status" });
  /** @type {SpeechSynthesisUtterance | null} kept, or Chromium forgets it while it speaks, and no end is told */
  let spoken = null;
  let state = "silent"; // or "reading", "paused"
  /** @type {Unit[]} */
  let left = [];

  const paint = () => {
    const name = state === "reading" ? "pause" : state === "paused" ? "go_on" : "listen";
    fill(label, t(`aloud.${name}`));
    fill(play, icon(name === "pause" ? "pause" : "listen"), label);
    if (state === "silent" && stop.matches(":focus")) play.focus();
    stop.hidden = state === "silent";
    for (const each of units()) each.element.classList.toggle("spoken", state !== "silent" && left[0] && each.element === left[0].element);
  };
  const silence = () => {
    spoken = null;
    synth.cancel();
  };
  const end = (text = "") => {
    if (state === "silent") return;
    state = "silent";
    silence();
    paint();
    fill(told, text);
  };
  const next = () => {
    while (left.length && !voiceOf(left[0].language)) left.shift();
    if (!left.length) return end(t("aloud.ended"));
    const unit = left[0];
    const own = new SpeechSynthesisUtterance(unit.text);
    own.voice = voiceOf(unit.language);
    own.lang = own.voice.lang;
    own.onend = () => {
      if (spoken !== own) return; // stopped meanwhile
      left.shift();
      next();
    };
    own.onerror = () => spoken === own && end(t("aloud.failed"));
    spoken = own;
    paint();
    synth.speak(own);
  };
  const start = async () => {
    await voicesAreThere();
    left = units();
    if (!left.some((each) => voiceOf(each.language))) {
      fill(told, t("aloud.no_voice", { language: [...new Set(left.map((each) => t.tongue(each.language)))].join(", ") }));
      return;
    }
    stopOther();
    stopOther = end;
    state = "reading";
    next();
  };
  const press = () => {
    fill(told, "");
    if (!synth || !window.SpeechSynthesisUtterance) return fill(told, t("aloud.no_speech"));
    if (state === "silent") return void start();
    state = state === "reading" ? "paused" : "reading";
    if (state === "reading") return next();
    silence(); // not synth.pause(): on phones nothing goes on after it
    paint();
  };
  paint();
  return { element: h("div", { class: "aloud" }, play, stop, told), stop: end };
}
