// What a site includes. A page that includes it twice gets it once; a browser that is too old gets nothing, and no fault.

import { Explainer } from "./element.js";

const isAble = "popover" in HTMLElement.prototype && "any" in AbortSignal && CSS.supports("color", "light-dark(red, red)");
if (isAble && !customElements.get("actuclair-explainer")) customElements.define("actuclair-explainer", Explainer);
