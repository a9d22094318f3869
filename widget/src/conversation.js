// The questions of one widget and what becomes of them. Knows no page: who shows them is told at every change.

import { Problem } from "./api.js";
import { advance, begin, beginAgain, fail, isFixed, leanOn } from "./state.js";

/** @typedef {import("./state.js").Turn} Turn */
/** @typedef {ReturnType<typeof import("./api.js").connect>} Server */

export class Conversation {
  /**
   * @param {() => Server} server
   * @param {(turn: Turn) => void} onChange
   * @param {(turn: Turn) => void} onEnd an answer is complete
   */
  constructor(server, onChange, onEnd) {
    this.server = server;
    this.onChange = onChange;
    this.onEnd = onEnd;
    /** @type {Turn[]} */
    this.turns = [];
    this.running = new AbortController();
    this.count = 0;
  }

  get isRunning() {
    return this.turns.some((each) => each.running);
  }

  /** @param {string} question @param {string} level @param {string} language @param {string} article */
  ask(question, level, language, article) {
    const earlier = leanOn(this.turns);
    const turn = begin(++this.count, question, level, language);
    this.turns = [...this.turns, turn];
    this.onChange(turn);
    const body = { question, language, level, article, earlier };
    return this.follow(turn.number, "ask", body);
  }

  /** The same answer at another level, in its place. @param {number} number @param {string} level */
  relevel(number, level) {
    const turn = this.find(number);
    if (!turn || this.isRunning) return undefined;
    this.set(beginAgain(turn, level));
    return this.follow(number, `answers/${encodeURIComponent(turn.id)}/level`, { level });
  }

  /** Ask anew what went wrong. @param {number} number @param {string} article */
  retry(number, article) {
    const turn = this.find(number);
    if (!turn || this.isRunning) return undefined;
    const { question, language, level } = turn;
    this.set(beginAgain(turn, level));
    const before = this.turns.slice(0, this.turns.indexOf(this.find(number) || turn));
    return this.follow(number, "ask", { question, language, level, article, earlier: leanOn(before) });
  }

  /** @param {number} number @param {string} opinion */
  async judge(number, opinion) {
    const turn = this.find(number);
    if (!turn || turn.opinion === opinion) return;
    this.set({ ...turn, opinion });
    try {
      await this.server().feedback(turn.id, opinion);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const now = this.find(number);
      if (now) this.set({ ...now, opinion: "" }); // it did not arrive: the button stands as before
    }
  }

  /** Stop what is on its way, and forget everything. */
  forget() {
    this.running.abort();
    this.running = new AbortController();
    this.turns = [];
  }

  /** @param {number} number @param {string} path @param {any} body */
  async follow(number, path, body) {
    const { signal } = this.running;
    /** @param {(turn: Turn) => Turn} change */
    const change = (change) => {
      const turn = this.find(number);
      if (turn && !signal.aborted) this.set(change(turn));
    };
    try {
      await this.server().ask(
        path, body, signal,
        (name, data) => change((turn) => advance(turn, name, data)),
        () => change((turn) => beginAgain(turn, turn.level)),
      ); // prettier-ignore
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      change((turn) => fail(turn, error.problem));
    }
    const turn = this.find(number);
    if (turn && !signal.aborted && turn.answer && !turn.problem && !isFixed(turn)) this.onEnd(turn);
  }

  /** @param {number} number */
  find(number) {
    return this.turns.find((each) => each.number === number);
  }

  /** @param {Turn} turn */
  set(turn) {
    this.turns = this.turns.map((each) => (each.number === turn.number ? turn : each));
    this.onChange(turn);
  }
}
