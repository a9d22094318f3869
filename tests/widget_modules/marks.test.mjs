import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { within } from "../src/marks.js";

const CASES = JSON.parse(readFileSync(new URL("quotation_marks.json", import.meta.url), "utf8"));

for (const [language, text, written] of CASES) {
  test(`within quotation marks of ${language}: ${text}`, () => {
    assert.equal(within(text, language), written);
  });
}
