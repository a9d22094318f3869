// What the pages of a class share: forms that are sent as JSON, and the one sentence that says what is wrong with them.
const offline = () => document.body.dataset.offline;

export const call = async (address, values) => {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) });
  } catch {
    return { ok: false, problem: offline() };
  }
  const text = await answer.text();
  let told = {};
  try {
    told = JSON.parse(text);
  } catch {
    told = { problem: text || offline() }; // the guard at the door speaks in plain text
  }
  return { ...told, ok: answer.ok, problem: answer.ok ? "" : told.problem || told.detail || offline() };
};

// A sign-in that ran out is renewed in another tab, so that nothing that stands in this one is lost.
const signIn = () => Object.assign(document.createElement("a"), { href: "/teacher", target: "_blank", textContent: document.body.dataset.signIn });

export const complain = (form, { problem, phrase }) => {
  const place = form.querySelector(".problem") || document.querySelector("#room-problem");
  if (!place) return;
  place.hidden = !problem;
  place.replaceChildren(problem, ...(phrase === "signed_out" ? [" ", signIn()] : []));
  if (problem) place.scrollIntoView({ block: "nearest" });
};

const valuesOf = (form) => {
  const values = {};
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.dataset.many !== undefined) {
      values[field.name] ??= [];
      if (field.checked) values[field.name].push(field.value);
    } else if (field.type === "checkbox") values[field.name] = field.checked;
    else if (field.dataset.number !== undefined) values[field.name] = Number(field.value);
    else if (field.type !== "radio" || field.checked) values[field.name] = field.value;
  }
  return values;
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.post) return;
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  if (button.disabled) return;
  const held = document.activeElement;
  button.disabled = true;
  const told = await call(form.dataset.post, valuesOf(form));
  button.disabled = false;
  if (held === button) button.focus({ preventScroll: true }); // which a button that cannot be pressed loses
  complain(form, told);
  if (told.ok && form.dataset.stay !== undefined) form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  else if (told.ok) location.replace(told.to || form.dataset.then || location.href);
  else form.querySelector("[autofocus]")?.focus();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-post], form[data-do]");
  if (form) complain(form, { problem: "" }); // it is being mended
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-call]");
  if (!button) return;
  const told = await call(button.dataset.call, {});
  if (told.ok) location.replace(told.to || location.href);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});

// A link on another site does not bring the cookie along: whoever has joined is let in by a call from this page.
const join = document.querySelector("[data-here]");
if (join) call(join.dataset.here, {}).then((told) => told.ok && location.replace(join.dataset.then));

// By its place another one could be opened in its stead, as a name that nobody was meant to see.
const nameOf = (details) => details.id || details.dataset.load || details.querySelector("summary")?.textContent || "";

// A quiz in which somebody has clicked stays as it is, as long as it asks the same.
const asked = (quiz) => [quiz.id, ...[...quiz.querySelectorAll(".quiz-question")].flatMap((each) => [each.dataset.answer, each.querySelector(".quiz-text").textContent])].join("\n");

// Parts of the page, replaced as the server sends them. What has the focus, or is open, stays so.
export const put = ({ part, into, html }) => {
  let place = document.querySelector(`[data-part="${CSS.escape(part)}"]`);
  if (!place) {
    const list = document.querySelector(`[data-list="${CSS.escape(into)}"]`);
    if (!list) return;
    place = document.createElement("div");
    place.dataset.part = part;
    if (list.dataset.newestFirst !== undefined) list.prepend(place);
    else list.append(place);
  }
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const mark = focused && (focused.id ? `#${CSS.escape(focused.id)}` : ["do", "which", "judge", "question", "load"].filter((name) => focused.dataset[name] !== undefined).map((name) => `[data-${name}="${CSS.escape(focused.dataset[name])}"]`).join(""));
  const loaded = new Map([...place.querySelectorAll("[data-load] .loaded")].map((each) => [each.closest("[data-load]").dataset.load, each.innerHTML]));
  const open = new Map([...place.querySelectorAll("details")].map((each) => [nameOf(each), each.open]));
  const quizzes = new Map([...place.querySelectorAll("details.quiz")].map((each) => [asked(each), each]));
  place.innerHTML = html;
  place.querySelectorAll("details.quiz").forEach((each) => each.replaceWith(quizzes.get(asked(each)) ?? each));
  place.querySelectorAll("[data-load] .loaded").forEach((each) => (each.innerHTML = loaded.get(each.closest("[data-load]").dataset.load) ?? ""));
  place.querySelectorAll("details").forEach((each) => (each.open = open.get(nameOf(each)) ?? each.open));
  const again = focused?.isConnected ? focused : mark ? place.querySelector(mark) : null;
  if (focused && !again) place.tabIndex = -1; // what had the focus is gone: whoever uses the keyboard goes on from here
  (focused ? again || place : null)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("part", { detail: { place, part } }));
};

// What has become of a page whose line was refused: 404 where its session is deleted, 0 where there is no network.
const statusNow = async () => (await fetch(location.href).catch(() => ({ status: 0 }))).status;

export const listen = (address, since) => {
  const lost = document.querySelector(".connection");
  let last = since;
  let away = 0;
  let source;
  const connect = () => {
    source = new EventSource(`${address}${address.includes("?") ? "&" : "?"}since=${encodeURIComponent(last)}`);
    source.onopen = () => {
      away = 0;
      lost.hidden = true;
      lost.textContent = offline();
    };
    source.onmessage = (event) => put(JSON.parse(event.data));
    source.addEventListener("seen", (event) => (last = event.lastEventId));
    source.addEventListener("elsewhere", () => {
      source.close();
      lost.textContent = document.body.dataset.elsewhere;
      lost.hidden = false;
      document.addEventListener("visibilitychange", () => document.hidden || location.reload(), { once: true });
    });
    source.onerror = async () => {
      away += 1;
      lost.hidden = away < 2;
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      source.close();
      const status = await statusNow();
      if (status === 404) location.reload(); // which says so
      if (status === 403 || status === 404) return;
      if (status === 401) {
        lost.replaceChildren(document.body.dataset.signedOut, " ", signIn());
        lost.hidden = false;
      }
      setTimeout(connect, Math.min(15000, 1500 * away));
    };
  };
  connect();
  addEventListener("offline", () => (lost.hidden &&= source.readyState === EventSource.CLOSED)); // a line may stand for a while
  addEventListener("online", () => (lost.hidden ||= source.readyState === EventSource.OPEN));
  addEventListener("pagehide", () => source.close(), { once: true });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
};
