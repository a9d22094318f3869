// Reads an answer aloud with the voices of this device, each sentence in its own language and its own voice. Gradio may
// write the answer anew at any time: what is read is found again by its words, and buttons are known by their turn. Who
// listens while an answer is being written hears what is there, and the rest as it comes.
(() => {
  const SPOKEN = ".sentences > .sentence, .sentences > .note, .age-note > span, .notice, .card[data-quoted] .voice:not(.voice-news) > span, .card[data-quoted] blockquote > p";
  const SILENT = ".mark, .unseen, .icon, [popover]";
  const ODD = /^(albert|bad news|bahh|bells|boing|bubbles|cellos|good news|jester|organ|superstar|trinoids|whisper|wobble|zarvox)\b/i;
  const LONG = 220; // characters; some browsers fall silent within longer ones
  const VOICES_MS = 1500; // some browsers list their voices only a while after they were asked
  const GONE_MS = 500; // an answer moves up when the next question is asked: it is away for a moment
  const SLOW = 0.72;
  const synth = window.speechSynthesis;
  let reading = null; // { turn, said: keys read already, skipped: languages, now: the unit being read, is_paused }
  let utterance = null; // kept, or Chromium forgets it while it speaks, and no end is told
  let held = null; // the button that has the focus, by turn and name
  let gone = 0;

  const is_running = (place) => place.closest(".answer").dataset.status === "running";
  const bar = (turn) => document.querySelector(`.aloud[data-turn="${turn}"]`);
  const texts = (place) => JSON.parse(place.dataset.said);
  const button = (place, name) => place.querySelector(`[data-aloud="${name}"]`);
  const tell = (place, text) => place && (place.querySelector(".aloud-told").textContent = text);
  const named = (languages) => {
    const names = new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language" });
    return [...languages].map((language) => (/^[a-z]{2,3}$/.test(language) ? names.of(language) : language)).join(", ");
  };

  // Only voices of the device itself: others would send what is read to whoever makes the browser.
  const voice = (language) => {
    const fits = synth.getVoices().filter((each) => each.localService && !ODD.test(each.name) && each.lang.split(/[-_]/)[0].toLowerCase() === language);
    const own = (each) => navigator.languages.includes(each.lang.replace("_", "-"));
    return fits.find(own) || fits.find((each) => each.default) || fits[0];
  };

  const split = (text, language) => {
    if (text.length <= LONG || !Intl.Segmenter) return [text];
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)].map((each) => each.segment.trim());
  };
  const words = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(SILENT).forEach((each) => each.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const units = (place) =>
    [...place.closest(".answer").querySelectorAll(SPOKEN)].flatMap((element) => {
      const language = element.closest("[lang]").lang.split("-")[0].toLowerCase();
      const parts = split(words(element), language).filter((text) => /[\p{L}\p{N}]/u.test(text));
      return parts.map((text) => ({ element, language, text, key: `${language} ${text}` }));
    });

  // Shows what is so; writes only what changes, for every write calls this again.
  const paint = () => {
    const place = reading && bar(reading.turn);
    const now = place && reading.now && units(place).find((each) => each.key === reading.now.key);
    for (const each of document.querySelectorAll("[data-spoken]")) if (!now || each !== now.element) delete each.dataset.spoken;
    if (now) now.element.dataset.spoken = "";
    for (const each of document.querySelectorAll(".aloud")) {
      const state = each !== place ? "listen" : reading.is_paused ? "go_on" : "pause";
      const label = button(each, "play").querySelector("span");
      each.dataset.state = state;
      if (label.textContent !== texts(each)[state]) label.textContent = texts(each)[state];
      for (const name of ["stop", "slower"]) {
        if (each !== place && document.activeElement === button(each, name)) button(each, "play").focus();
        button(each, name).hidden = each !== place;
      }
      button(each, "slower").setAttribute("aria-pressed", String(document.documentElement.dataset.pace === "slow"));
    }
  };

  const silence = () => {
    utterance = null;
    if (synth.speaking || synth.pending) synth.cancel();
  };
  const stop = (entry = "") => {
    const place = reading && bar(reading.turn);
    const skipped = reading ? reading.skipped : new Set();
    reading = null;
    silence();
    paint();
    if (!place) return;
    const told = texts(place);
    tell(place, [entry && told[entry], entry === "ended" && skipped.size && told.skipped.replace("{language}", named(skipped))].filter(Boolean).join(" "));
  };

  const reveal = (element) => {
    const box = element.getBoundingClientRect();
    const composer = document.querySelector("#composer");
    const bottom = composer ? composer.getBoundingClientRect().top : innerHeight;
    if (box.top >= 0 && box.bottom <= bottom) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center" });
  };

  const speak = (unit) => {
    const spoken = new SpeechSynthesisUtterance(unit.text);
    spoken.voice = voice(unit.language);
    spoken.lang = spoken.voice.lang;
    spoken.rate = document.documentElement.dataset.pace === "slow" ? SLOW : 1;
    spoken.onend = () => {
      if (utterance !== spoken) return; // stopped meanwhile
      utterance = null;
      reading.said.add(unit.key);
      next();
    };
    spoken.onerror = () => utterance === spoken && stop("failed");
    silence();
    utterance = spoken;
    reading.now = unit;
    paint();
    reveal(unit.element);
    synth.speak(spoken);
  };

  const next = () => {
    const place = bar(reading.turn);
    if (!place) return; // being written anew: goes on in follow
    const left = units(place).filter((each) => !reading.said.has(each.key));
    const unit = left.find((each) => voice(each.language));
    for (const each of left.slice(0, unit ? left.indexOf(unit) : left.length)) {
      reading.skipped.add(each.language);
      reading.said.add(each.key);
    }
    if (unit) return speak(unit);
    reading.now = null;
    if (is_running(place)) paint(); // follow goes on when more is there
    else stop("ended");
  };

  const start = (place) => {
    const known = units(place);
    if (!is_running(place) && !known.some((each) => voice(each.language))) {
      tell(place, texts(place).no_voice.replace("{language}", named(new Set(known.map((each) => each.language)))));
      return;
    }
    reading = { turn: place.dataset.turn, said: new Set(), skipped: new Set(), now: null, is_paused: false };
    next();
  };

  const play = (place) => {
    tell(place, "");
    if (!synth || !window.SpeechSynthesisUtterance) return tell(place, texts(place).no_speech);
    if (reading && reading.turn === place.dataset.turn) {
      reading.is_paused = !reading.is_paused;
      if (!reading.is_paused) return reading.now ? speak(reading.now) : next();
      silence(); // not synth.pause(): on phones nothing goes on after it
      paint();
      return tell(place, texts(place).paused);
    }
    stop();
    if (synth.getVoices().length) return start(place);
    const turn = place.dataset.turn;
    const later = () => {
      clearTimeout(timer);
      synth.removeEventListener("voiceschanged", later);
      if (!reading && bar(turn)) start(bar(turn));
    };
    const timer = setTimeout(later, VOICES_MS);
    synth.addEventListener("voiceschanged", later);
  };

  const slower = () => {
    const pace = document.documentElement.dataset.pace === "slow" ? "usual" : "slow";
    document.dispatchEvent(new CustomEvent("comfort", { detail: { pace } }));
    if (reading && reading.now && !reading.is_paused) speak(reading.now);
    else paint();
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest && event.target.closest("[data-aloud]");
    if (!pressed) return;
    if (pressed.dataset.aloud === "play") play(pressed.closest(".aloud"));
    if (pressed.dataset.aloud === "stop") stop();
    if (pressed.dataset.aloud === "slower") slower();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && reading && !document.querySelector(":popover-open")) stop();
  });
  document.addEventListener("focusin", (event) => {
    const pressed = event.target.closest("[data-aloud]");
    held = pressed && { element: pressed, turn: pressed.closest(".aloud").dataset.turn, name: pressed.dataset.aloud };
  });
  addEventListener("pagehide", () => reading && stop());

  const follow = () => {
    const place = held && !held.element.isConnected && document.activeElement === document.body && bar(held.turn);
    if (place) button(place, held.name).focus({ preventScroll: true });
    if (!reading) return;
    clearTimeout(gone);
    const here = bar(reading.turn);
    if (here && !utterance && !reading.is_paused) next();
    else if (here) paint();
    else gone = setTimeout(() => reading && !bar(reading.turn) && stop(), GONE_MS);
  };
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
  if (synth) synth.getVoices(); // asks for them, so that they are there when they are needed
})();
