// The calls to the server: questions, levels, opinions, the state of an article. Knows no page.

import { eventsOf } from "./sse.js";

const SILENT_MS = 45000; // the server gives a sign of life every 10 seconds
const AGAIN_MS = 1000;

/** Something that a reader is told about in words; `problem` names them. */
export class Problem extends Error {
  /** @param {string} problem */
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
}

/** @param {Response} response */
async function refusal(response) {
  const details = await response.json().catch(() => ({})); // a proxy's own page says nothing to readers
  return new Problem(problemOf({ type: details.type, status: response.status }));
}

/** The connection broke, or nothing sensible came over it. */
class Broken extends Error {}

/** Not even the beginning of a reply came. */
class Unheard extends Broken {}

const NAMED = new Map([
  ["article_unknown", "article_unknown"],
  ["article_coming", "article_coming"],
  ["budget_spent", "not_here"],
  ["busy", "too_many"],
]);

/**
 * What problem details mean to a reader. Example: { status: 429 } -> "too_many"
 * @param {{type?: string, status?: number}} details
 */
export function problemOf({ type = "", status = 0 }) {
  const named = NAMED.get(type.split(":").pop() || "");
  if (named) return named;
  if (status === 400 || status === 413 || status === 422) return "question_refused";
  if (status === 401 || status === 403) return "not_here";
  if (status === 404 || status === 410) return "gone";
  return status === 429 ? "too_many" : "later";
}

/**
 * What a call means that nothing came of. A site that the server does not know hears as little as one without a
 * connection; but whether the server is there can be seen. @param {string} server @param {unknown} error
 */
const lost = async (server, error) => {
  if (!(error instanceof Unheard)) return "broken";
  const found = { mode: "no-cors", cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
  return fetch(`${server}/widget.js`, /** @type {RequestInit} */ (found)).then(() => "not_here", () => "broken");
};

/**
 * @param {string} server the origin of the script
 * @param {string} site the public key
 */
export function connect(server, site) {
  /** @param {string} path @param {any} [body] @param {RequestInit} [more] @param {Record<string, string>} [query] */
  const call = async (path, body, more = {}, query = {}) => {
    const address = `${server}/api/v1/${path}?${new URLSearchParams({ site, ...query })}`;
    const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
    const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json" }), ...more.headers };
    try {
      return await fetch(address, {
        ...more, ...sent, headers, credentials: "omit", cache: "no-store", referrerPolicy: "strict-origin",
      }); // prettier-ignore
    } catch (error) {
      if (more.signal && more.signal.aborted) throw error;
      throw new Unheard(); // browsers tell no more than that
    }
  };

  /** @param {string} path @param {any} body @param {AbortSignal} signal @param {(name: string, data: any) => void} onEvent */
  const stream = async (path, body, signal, onEvent) => {
    const silence = new AbortController();
    const both = AbortSignal.any([signal, silence.signal]);
    let timer = setTimeout(() => silence.abort(), SILENT_MS);
    const onLife = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENT_MS);
    };
    try {
      const response = await call(path, body, { signal: both, headers: { Accept: "text/event-stream" } });
      if (!response.ok) throw await refusal(response);
      await told(response, onLife, onEvent);
    } catch (error) {
      if (signal.aborted || error instanceof Problem || error instanceof Unheard) throw error;
      throw new Broken(); // whatever it is, the answer is not here: what broke off, what is no JSON
    } finally {
      clearTimeout(timer);
    }
  };

  /** Hand on what comes, up to the end of the answer. @param {Response} response @param {() => void} onLife @param {(name: string, data: any) => void} onEvent */
  const told = async (response, onLife, onEvent) => {
    if (!(response.headers.get("content-type") || "").startsWith("text/event-stream")) {
      onEvent("finished", await response.json());
      return;
    }
    for await (const event of eventsOf(/** @type {any} */ (response.body), onLife)) {
      const data = JSON.parse(event.data);
      if (event.name === "problem") throw new Problem(problemOf(data));
      onEvent(event.name, data);
      if (event.name === "finished") return;
    }
    throw new Broken();
  };

  return {
    /**
     * Ask, and once more when the connection breaks: the server knows the answer by then. Raises Problem.
     * @param {string} path "ask", or "answers/ID/level"
     * @param {any} body
     * @param {AbortSignal} signal
     * @param {(name: string, data: any) => void} onEvent
     * @param {() => void} onAgain
     */
    async ask(path, body, signal, onEvent, onAgain) {
      for (const isLast of [false, true]) {
        try {
          return await stream(path, body, signal, onEvent);
        } catch (error) {
          if (!(error instanceof Broken)) throw error;
          if (isLast) throw new Problem(await lost(server, error));
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        onAgain();
      }
    },

    /** @param {string} article @param {string} language @returns {Promise<any>} raises Problem */
    async article(article, language) {
      try {
        const response = await call("articles", null, { signal: AbortSignal.timeout(SILENT_MS) }, { article, language });
        if (response.ok) return await response.json();
        if (response.status !== 404) throw await refusal(response);
        return { state: "unknown", questions: [] };
      } catch (error) {
        throw error instanceof Problem ? error : new Problem(await lost(server, error));
      }
    },

    /** @param {string} answer @param {string} opinion raises Problem */
    async feedback(answer, opinion) {
      const response = await call("feedback", { answer, opinion }).catch(() => null);
      if (!response || !response.ok) throw response ? await refusal(response) : new Problem("later");
    },
  };
}
