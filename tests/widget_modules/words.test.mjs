import assert from "node:assert/strict";
import test from "node:test";

import { placeOf } from "../src/words.js";

test("a word is found where it stands as a whole, not within another", () => {
  assert.equal(placeOf("L’article parle d’art.", "art"), 18);
  assert.equal(placeOf("Der Künstler übt die Kunst", "Kunst"), 21);
  assert.equal(placeOf("Così, così.", "così"), 6);
});

test("a word that stands within others only is not found", () => {
  assert.equal(placeOf("La città", "citt"), -1);
  assert.equal(placeOf("2025", "20"), -1);
  assert.equal(placeOf("", "art"), -1);
  assert.equal(placeOf("art", ""), -1);
});

test("signs around a word belong to no word", () => {
  assert.equal(placeOf("(IA)", "IA"), 1);
  assert.equal(placeOf("l’IA", "IA"), 2);
});
