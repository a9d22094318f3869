// The teacher's pages: switches, dialogs, answers that are loaded when they are opened.
import { call, complain, listen } from "/class-files/common.js";

const room = document.querySelector("#room");

const act = async (values, form) => {
  const told = await call(`${room.dataset.at}/do?language=${room.dataset.language}`, values);
  complain(form || document, told);
  if (told.ok && told.to) location.replace(`${told.to}?language=${room.dataset.language}`);
  return told.ok;
};

document.addEventListener("click", async (event) => {
  const opener = event.target.closest?.("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  const button = event.target.closest?.("button[data-do]");
  if (!button) return;
  if (button.dataset.sure && !confirm(button.dataset.sure)) return;
  if (await act({ do: button.dataset.do, which: button.dataset.which || "" })) button.closest("dialog")?.close();
});

// A key that is held down is one press: else it would pause and go on in turns, or prolong by hours.
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.target.closest?.("button[data-do]")) event.preventDefault();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.do) return;
  event.preventDefault();
  const field = form.querySelector("[name]");
  if ((await act({ do: form.dataset.do, [field.name]: field.value }, form)) && field.name === "text") field.value = "";
});

document.addEventListener(
  "toggle",
  async (event) => {
    const place = event.target.querySelector?.(".loaded");
    if (!event.target.open || !event.target.dataset?.load || !place) return;
    const answer = await fetch(`${room.dataset.at}/turn/${event.target.dataset.load}?language=${room.dataset.language}`);
    if (answer.ok) place.innerHTML = await answer.text();
  },
  true,
);

document.querySelector("#with-names")?.addEventListener("change", (event) => {
  for (const link of document.querySelectorAll("[data-export]")) link.href = link.href.replace(/names=\d/, `names=${event.target.checked ? 1 : 0}`);
});

document.querySelector("[data-filter]")?.addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of document.querySelectorAll(".choices li")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
});

// Times of the server are UTC: shown as the clock of this room tells them.
const clocks = () => {
  for (const time of document.querySelectorAll("time[datetime$=Z]")) {
    const day = time.dataset.day === undefined ? {} : { day: "numeric", month: "long" };
    time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit" });
  }
};
document.addEventListener("part", clocks);
clocks();

// How long is left, told from five minutes before the end: there is time to prolong it. Example: 3.2 minutes -> "(in 4 minutes)"
const SOON_MINUTES = 5;
const countDown = () => {
  const place = document.querySelector("#ends-at");
  if (!place) return;
  const minutes = Math.ceil((new Date(place.querySelector("time").dateTime) - Date.now()) / 60000);
  const isSoon = minutes > 0 && minutes <= SOON_MINUTES;
  place.classList.toggle("soon", isSoon);
  const told = new Intl.RelativeTimeFormat(document.documentElement.lang).format(minutes, "minute");
  place.querySelector("#ends-in").textContent = isSoon ? `(${told})` : "";
};
document.addEventListener("part", countDown);
setInterval(countDown, 5000);
countDown();

if (room) listen(`${room.dataset.at}/stream?language=${room.dataset.language}`, room.dataset.since);
