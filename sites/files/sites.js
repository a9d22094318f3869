// The page of a site's editors: what they save changes what stands on it, and leaves them where they are.
import { put } from "/site-files/common.js";

const pageNow = async () => {
  try {
    const answer = await fetch(location.href);
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null; // it is saved all the same
  }
};

const tell = (form, text) => {
  const said = form?.querySelector("[data-saved]");
  if (said) said.textContent = text(said);
};

// What is being written to other answers stays; a correction that was withdrawn goes.
const refill = (fresh, form) => {
  for (const field of document.querySelectorAll("textarea[id]")) {
    const now = fresh.getElementById(field.id);
    if (!now) continue;
    const isOwn = form.contains(field) || field.value === field.defaultValue;
    field.defaultValue = now.defaultValue;
    if (isOwn) field.value = now.defaultValue;
  }
};

document.addEventListener("kept", async (event) => {
  const form = event.target;
  tell(form, (said) => said.dataset.saved);
  const fresh = await pageNow();
  if (!fresh) return;
  for (const part of fresh.querySelectorAll("[data-part]")) put({ part: part.dataset.part, html: part.innerHTML });
  refill(fresh, form);
});

document.addEventListener("input", (event) => {
  tell(event.target.closest("form"), () => ""); // that is not saved yet
});
