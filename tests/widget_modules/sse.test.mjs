// The parser of Server-Sent Events, byte by byte.
import assert from "node:assert/strict";
import { test } from "node:test";

import { eventReader, eventsOf } from "../src/sse.js";

const STREAM = ': still here\r\nevent: sentence\r\ndata: {"text":"L’IA à l’œuvre 🎵"}\r\n\r\nevent: finished\ndata: a\ndata: b\n\nid: 7\ndata:c\r\r';
const TOLD = [
  { name: "sentence", data: '{"text":"L’IA à l’œuvre 🎵"}' },
  { name: "finished", data: "a\nb" },
  { name: "message", data: "c" },
];

/** @param {Uint8Array[]} pieces */
const streamOf = (pieces) => new ReadableStream({ start(control) { pieces.forEach((each) => control.enqueue(each)); control.close(); } });
const all = async (stream, onLife) => { const told = []; for await (const each of eventsOf(stream, onLife)) told.push(each); return told; };

test("events are the same wherever the bytes are cut, within letters and line ends too", async () => {
  const bytes = new TextEncoder().encode(STREAM);
  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(await all(streamOf([bytes.slice(0, cut), bytes.slice(cut)])), TOLD, `cut at ${cut}`);
  }
  assert.deepEqual(await all(streamOf([...bytes].map((byte) => Uint8Array.of(byte)))), TOLD);
});

test("what a connection breaks off within is not told", () => {
  assert.deepEqual(eventReader()("event: finished\ndata: {\n"), []);
});

test("a comment is a sign of life and no event", async () => {
  let lives = 0;
  const told = await all(streamOf([new TextEncoder().encode(": still here\n\n")]), () => lives++);
  assert.deepEqual([told, lives], [[], 1]);
});

test("an event without data is none, and its name is forgotten", () => {
  assert.deepEqual(eventReader()("event: lost\n\ndata: x\n\n"), [{ name: "message", data: "x" }]);
});

test("a field without a colon and a value with one are read", () => {
  assert.deepEqual(eventReader()("data\ndata: a: b\n\n"), [{ name: "message", data: "\na: b" }]);
});
