// How a reader wants the page to look: marked on <html> for the style sheet as soon as this runs, which is before anything
// of the page is there, and kept in this browser only. "usual" is kept where the device itself asks for more contrast.
(() => {
  const KEY = "actuclair-comfort";
  const KNOWN = { font: ["dyslexia"], size: ["large", "larger"], lines: ["wide"], contrast: ["more", "usual"], pace: ["slow"] };
  const root = document.documentElement;
  let chosen = {};
  const device = matchMedia("(prefers-contrast: more)");

  const is_known = ([name, value]) => name in KNOWN && KNOWN[name].includes(value);
  const read = () => {
    try {
      chosen = Object.fromEntries(Object.entries(JSON.parse(localStorage.getItem(KEY)) || {}).filter(is_known));
    } catch {
      chosen = {}; // nothing may be kept here, or what was kept is broken: the page looks as usual
    }
  };
  const keep = () => {
    try {
      if (Object.keys(chosen).length) localStorage.setItem(KEY, JSON.stringify(chosen));
      else localStorage.removeItem(KEY);
    } catch {
      // the browser keeps nothing for this page: what was chosen holds until it is closed
    }
  };
  const value = (name) => chosen[name] || (name === "contrast" && device.matches ? "more" : "usual");
  const show = () => {
    for (const name in KNOWN) {
      if (value(name) === "usual") delete root.dataset[name];
      else root.dataset[name] = value(name);
    }
    for (const input of document.querySelectorAll("#comfort input")) input.checked = input.value === value(input.name.slice("comfort-".length));
  };
  const choose = (wanted) => {
    chosen = Object.fromEntries(Object.entries({ ...chosen, ...wanted }).filter(is_known));
    if (!device.matches && chosen.contrast === "usual") delete chosen.contrast;
    keep();
    show();
  };

  read();
  show();
  device.addEventListener("change", show);
  addEventListener("storage", (event) => event.key === KEY && (read(), show())); // chosen in another tab
  document.addEventListener("comfort", (event) => choose(event.detail));
  document.addEventListener("change", (event) => {
    if (event.target.closest("#comfort")) choose({ [event.target.name.slice("comfort-".length)]: event.target.value });
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest('[data-comfort="reset"]')) return;
    chosen = {};
    keep();
    show();
  });
  const opened = (event) => {
    if (event.target.id !== "comfort" || event.newState !== "open") return;
    show(); // the header is written anew when the language changes
    if (event.type === "toggle") event.target.querySelector("input:checked").focus();
  };
  document.addEventListener("beforetoggle", opened, true);
  document.addEventListener("toggle", opened, true);
})();
