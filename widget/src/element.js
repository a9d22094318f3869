// <actuclair-explainer>: attributes in, a widget out. Nothing is asked of the server before a reader opens it.

import { connect, Problem } from "./api.js";
import { LEVELS } from "./beside.js";
import { Conversation } from "./conversation.js";
import { h } from "./dom.js";
import { tellHeight } from "./embed.js";
import { logo } from "./icons.js";
import styles from "./look.css";
import { Panel } from "./panel.js";
import { printing, Shown } from "./shown.js";
import { LANGUAGES, textsOf } from "./texts.js";

const SCRIPT = new URL(import.meta.url);
const AGAIN_MS = 15000; // until an article that is being read is asked about once more
const STATES = ["indexed", "coming", "unknown", "not_here", "too_many", "broken"];
const look = new CSSStyleSheet();
look.replaceSync(styles);

/** The public key that the script's own tag names. */
function keyOfScript() {
  const tag = [...document.scripts].find((each) => each.src === SCRIPT.href);
  return (tag && tag.dataset.site) || "";
}

/** The address of the page without what may say who reads it. */
function pageAddress() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
  return (canonical && canonical.href) || location.origin + location.pathname;
}

export class Explainer extends HTMLElement {
  static observedAttributes = ["article", "site", "language", "level", "mode"];

  constructor() {
    super();
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [look];
    this.conversation = new Conversation(
      () => this.server(),
      (turn) => this.panel && this.panel.showTurn(turn),
      (turn) => this.tell("answer", { status: turn.answer.status, level: turn.level, language: turn.language }),
    );
    /** @type {Panel | null} */
    this.panel = null;
    /** @type {Shown | null} */
    this.shown = null;
    this.asked = 0; // how often the server was asked about the article
    /** @type {any} */
    this.article = null; // what it said
    this.afterwards = new AbortController();
  }

  connectedCallback() {
    this.afterwards = new AbortController();
    this.build();
    printing(this, () => this.shown, this.afterwards.signal);
    const parent = this.getAttribute("parent");
    if (parent) tellHeight(this, parent, this.afterwards.signal);
    if (this.hasAttribute("open") || (this.shown && this.shown.isOpen)) this.open();
  }

  disconnectedCallback() {
    this.afterwards.abort();
    this.conversation.forget();
    this.article = null;
    this.asked++;
    if (this.panel) this.panel.hush();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (!this.panel || before === now) return;
    const hasLooked = this.article && (this.isInline || (this.shown && this.shown.isOpen));
    if (name === "article" || name === "site") {
      this.conversation.forget();
      this.panel.box.value = "";
    }
    if (["article", "site", "language"].includes(name)) {
      this.article = null;
      this.asked++; // what is on its way tells of what was there before
    }
    this.build();
    if (hasLooked) void this.look();
  }

  get isInline() {
    return this.getAttribute("mode") === "inline";
  }

  get language() {
    const wanted = [this.getAttribute("language"), document.documentElement.lang, ...navigator.languages];
    const known = wanted.map((each) => (each || "").split("-")[0].toLowerCase()).find((each) => LANGUAGES.includes(each));
    return known || "en";
  }

  get level() {
    const level = this.getAttribute("level") || "";
    return LEVELS.includes(level) ? level : LEVELS[0];
  }

  get articleName() {
    return this.getAttribute("article") || pageAddress();
  }

  server() {
    return connect(SCRIPT.origin, this.getAttribute("site") || keyOfScript());
  }

  /** Everything anew in the language and the mode of now; the conversation and what is being typed stay. */
  build() {
    const wasOpen = this.shown && this.shown.isOpen;
    const hadFocus = Boolean(this.root.activeElement);
    const typed = this.panel ? this.panel.box.value : "";
    if (this.shown) this.shown.close(false);
    if (this.panel) this.panel.hush();
    const t = textsOf(this.language);
    const panel = new Panel(t, this.level, this.wishes(), !this.isInline);
    this.panel = panel;
    panel.box.value = typed;
    this.root.replaceChildren();
    const whole = h("div", { class: "whole", lang: t.language, dir: "ltr" });
    if (this.isInline) {
      whole.append(panel.element);
      whole.addEventListener("focusin", () => this.look(), { once: true });
      this.shown = null;
    } else {
      const launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.toggle() }, logo(), h("span", {}, t("launcher")));
      this.shown = new Shown(launcher, panel, () => this.close());
      whole.append(launcher, this.shown.dialog);
    }
    for (const name of ["keydown", "keyup", "keypress"]) {
      whole.addEventListener(name, (/** @type {Event} */ event) => event.stopPropagation()); // a site's own shortcuts are not meant
    }
    this.root.append(whole);
    if (this.article) panel.showArticle(this.article);
    for (const turn of this.conversation.turns) panel.showTurn(turn);
    if (wasOpen && this.shown) this.shown.open(hadFocus);
  }

  wishes() {
    return {
      ask: (/** @type {string} */ question, /** @type {string} */ level) => void this.conversation.ask(question, level, this.language, this.articleName),
      retry: (/** @type {number} */ number) => void this.conversation.retry(number, this.articleName),
      relevel: (/** @type {number} */ number, /** @type {string} */ level) => void this.conversation.relevel(number, level),
      judge: (/** @type {number} */ number, /** @type {string} */ opinion) => void this.conversation.judge(number, opinion),
      ideas: () => void this.look(true),
      renew: () => this.renew(),
      close: () => this.close(),
    };
  }

  open() {
    if (this.shown && !this.shown.isOpen) {
      this.shown.open();
      this.tell("open");
    }
    void this.look();
  }

  close() {
    if (!this.shown || !this.shown.isOpen) return;
    if (this.panel) this.panel.hush();
    this.shown.close();
    this.tell("close");
  }

  toggle() {
    if (this.shown && this.shown.isOpen) this.close();
    else this.open();
  }

  renew() {
    this.conversation.forget();
    if (!this.panel) return;
    this.panel.clear();
    this.panel.box.focus();
  }

  get isSeen() {
    return this.isConnected && (this.isInline || Boolean(this.shown && this.shown.isOpen));
  }

  /** Ask the server what it knows of the article, until it has read it; at a reader's wish in any case. @param {boolean} [anew] */
  async look(anew = false) {
    const before = this.article ? this.article.state : "";
    if (!anew && ["indexed", "checking"].includes(before)) return;
    const asked = ++this.asked;
    if (anew || !before) this.show({ state: "checking" });
    const found = await this.server().article(this.articleName, this.language).catch((error) => {
      if (error instanceof Problem) return { state: error.problem };
      throw error;
    });
    if (asked !== this.asked || !this.isConnected) return; // another article by now
    const state = STATES.includes(found.state) ? found.state : "later";
    if (anew || state !== before) this.show({ ...found, state });
    if (state === "coming") setTimeout(() => this.isSeen && asked === this.asked && this.look(), AGAIN_MS);
  }

  /** @param {any} article */
  show(article) {
    this.article = article;
    if (this.panel) this.panel.showArticle(article);
  }

  /** An event for the site: nothing in it that a reader wrote. @param {string} name @param {any} [detail] */
  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`actuclair-${name}`, { bubbles: true, detail }));
  }
}
