// Server-Sent Events out of bytes. Knows nothing of what they tell. After the HTML standard, 9.2.6.

/** @typedef {{name: string, data: string}} Told */

/**
 * Takes text in pieces of any size and gives the events that are complete. Lines may end in \n, \r\n or \r.
 * Example: feed("event: a\nda"), feed("ta: 1\n\n") -> [], [{ name: "a", data: "1" }]
 */
export function eventReader() {
  let rest = "";
  let hasReturn = false; // the last piece ended in \r: a \n that follows belongs to it
  let name = "";
  /** @type {string[]} */
  let data = [];

  /** @param {string} line @param {Told[]} told */
  const take = (line, told) => {
    if (line === "") {
      if (data.length) told.push({ name: name || "message", data: data.join("\n") });
      name = "";
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  };

  /** @param {string} text @returns {Told[]} */
  return (text) => {
    if (!text) return [];
    let fresh = hasReturn && text.startsWith("\n") ? text.slice(1) : text;
    hasReturn = text.endsWith("\r");
    /** @type {Told[]} */
    const told = [];
    const lines = (rest + fresh).split(/\r\n|\n|\r/);
    rest = lines.pop() || "";
    for (const line of lines) take(line, told);
    return told;
  };
}

/**
 * The events of a response, as they come. What a connection breaks off within is not told.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {() => void} [onLife] called at every sign of life, comments too
 * @returns {AsyncGenerator<Told>}
 */
export async function* eventsOf(stream, onLife = () => {}) {
  const reader = stream.getReader();
  const decoder = new TextDecoder(); // keeps half a character for the next piece; leaves a byte order mark out
  const feed = eventReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      onLife();
      yield* feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => {}); // it is broken or read already: nothing is left to stop
  }
}
