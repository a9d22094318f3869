// A panel as a dialog: beside the article where there is room, over it on a phone. Knows nothing of what is in it.

import { h } from "./dom.js";

const ROOM = "(min-width: 44rem)";

export class Shown {
  /** @param {HTMLElement} launcher @param {import("./panel.js").Panel} panel @param {() => void} onLeave */
  constructor(launcher, panel, onLeave) {
    this.launcher = launcher;
    this.panel = panel;
    this.dialog = h("dialog", { class: "dialog", "aria-labelledby": "title", "aria-describedby": "notice" }, panel.element);
    this.isOpen = false;
    this.room = matchMedia(ROOM);
    this.onRoom = () => this.isOpen && this.again();
    this.dialog.addEventListener("cancel", (/** @type {Event} */ event) => {
      if (event.target !== this.dialog) return;
      event.preventDefault();
      onLeave();
    });
    this.dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape" && !panel.note.element.matches(":popover-open")) onLeave();
    });
  }

  /** @param {boolean} [takesFocus] */
  open(takesFocus = true) {
    this.raise();
    this.isOpen = true;
    this.launcher.setAttribute("aria-expanded", "true");
    this.room.addEventListener("change", this.onRoom);
    if (!takesFocus) return;
    const isPhone = matchMedia("(pointer: coarse)").matches; // where the box would bring up a keyboard over everything
    (isPhone ? this.panel.element.querySelector("h2") : this.panel.box).focus({ preventScroll: true });
  }

  /** @param {boolean} [givesFocus] */
  close(givesFocus = true) {
    if (!this.isOpen) return;
    this.lower();
    this.isOpen = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.room.removeEventListener("change", this.onRoom);
    if (givesFocus) this.launcher.focus({ preventScroll: true });
  }

  /** Into the browser's top layer, above whatever the site has there. */
  raise() {
    if (this.room.matches) {
      this.dialog.setAttribute("popover", "manual"); // the article beside it can still be read and scrolled
      this.dialog.showPopover();
    } else {
      this.dialog.removeAttribute("popover");
      this.dialog.showModal();
    }
  }

  lower() {
    if (this.dialog.matches(":popover-open")) this.dialog.hidePopover();
    else this.dialog.close();
  }

  /** The other way round, when a phone is turned; what has the focus keeps it. */
  again() {
    const held = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (this.dialog.getRootNode()).activeElement);
    this.lower();
    this.raise();
    if (held) held.focus({ preventScroll: true });
  }
}

/**
 * On paper an open panel stands where its element stands in the page, with all of its text.
 * @param {HTMLElement} host
 * @param {() => Shown | null} shown
 * @param {AbortSignal} signal
 */
export function printing(host, shown, signal) {
  let wasOpen = false;
  addEventListener(
    "beforeprint",
    () => {
      const now = shown();
      wasOpen = Boolean(now && now.isOpen);
      if (!now || !wasOpen) return;
      now.lower();
      now.dialog.removeAttribute("popover");
      now.dialog.setAttribute("open", "");
      host.setAttribute("printing", "");
    },
    { signal },
  );
  addEventListener(
    "afterprint",
    () => {
      const now = shown();
      host.removeAttribute("printing");
      if (!now || !wasOpen) return;
      now.dialog.removeAttribute("open");
      now.raise();
    },
    { signal },
  );
}
