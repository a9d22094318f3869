// What a site includes. A page that includes it twice gets it once.

import { Explainer } from "./element.js";

if (!customElements.get("actuclair-explainer")) customElements.define("actuclair-explainer", Explainer);
