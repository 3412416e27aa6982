// A list of cases that is longer than what one sees: it lies with the server, and here in blocks as they are looked at.

import { fill } from "../wall/page.js";

/** Rows in one answer; the server gives 500 at most. */
export const BLOCK = 100;
export const MOST = 500;
const KEPT_BLOCKS = 60;
const PATIENCE_MS = 15_000;

/** Why there is no answer: `status` 0 where nothing answers at all. */
export class RefusedError extends Error {
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

/** Part of the list that `query` stands for, as the server has it now; raises RefusedError. */
export async function ask(query, start, count, signal = undefined) {
  const asked = new URLSearchParams([...new URLSearchParams(query.text), ["start", start], ["count", count]]);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const ends = signal === undefined ? patience : AbortSignal.any([signal, patience]);
  let answer;
  try {
    answer = await fetch(`/ops/rows?${asked}`, { signal: ends, cache: "no-store" });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RefusedError(0);
  }
  if (!answer.ok) throw new RefusedError(answer.status);
  return { start, ...(await answer.json()) };
}

/** One list. `arrived` is told when rows that were missing are here, `refused` why they are not. */
export class Rows {
  #blocks = new Map();
  #asked = new Map();
  #ends = new AbortController();

  constructor(query, { arrived, refused }) {
    Object.assign(this, { query, arrived, refused });
    this.number = 0;
    /** Every row of this list that came, by its case: the newest of each. */
    this.known = new Map();
  }

  /** The row at a place of the list; undefined while it is on its way. */
  at(place) {
    const code = this.#blocks.get(Math.floor(place / BLOCK))?.[place % BLOCK];
    return code === undefined ? undefined : this.known.get(code);
  }

  /** The place of a case among the rows that are here, nearest to `near`; -1 where it is not. */
  placeOf(code, near = 0) {
    let found = -1;
    for (const [block, codes] of this.#blocks) {
      const within = codes.indexOf(code);
      const place = block * BLOCK + within;
      if (within >= 0 && (found < 0 || Math.abs(place - near) < Math.abs(found - near))) found = place;
    }
    return found;
  }

  /** See to it that the rows from `first` to `last` come. */
  need(first, last) {
    if (this.number === 0) return;
    const from = Math.floor(Math.max(0, first) / BLOCK);
    const until = Math.floor(Math.min(this.number - 1, last) / BLOCK);
    for (const [block, ends] of this.#asked) if (block < from - 1 || block > until + 1) ends.abort();
    for (let block = from; block <= until; block += 1) {
      if (!this.#blocks.has(block) && !this.#asked.has(block)) this.#fetch(block);
    }
  }

  /** Put an answer into the list; `instead` of everything that was there, since places may have moved. */
  take(answer, { instead = false } = {}) {
    if (instead) this.#forget();
    this.number = answer.number;
    for (const row of answer.rows) this.known.set(row.case, row);
    const codes = answer.rows.map((row) => row.case);
    for (let place = 0; place < codes.length; place += BLOCK) {
      this.#blocks.set(Math.floor((answer.start + place) / BLOCK), codes.slice(place, place + BLOCK));
    }
    this.#prune(Math.floor(answer.start / BLOCK));
  }

  /** No answer counts any more. */
  close() {
    this.#forget();
    this.#ends.abort();
  }

  #forget() {
    for (const ends of this.#asked.values()) ends.abort();
    this.#asked.clear();
    this.#blocks.clear();
  }

  async #fetch(block) {
    const ends = new AbortController();
    this.#asked.set(block, ends);
    try {
      const signal = AbortSignal.any([ends.signal, this.#ends.signal]);
      const answer = await ask(this.query, block * BLOCK, BLOCK, signal);
      if (signal.aborted) return;
      this.take(answer);
      this.arrived(answer);
    } catch (error) {
      if (error instanceof RefusedError) this.refused(error.status);
      else if (error.name !== "AbortError") throw error;
    } finally {
      if (this.#asked.get(block) === ends) this.#asked.delete(block);
    }
  }

  // Whoever scrolled through everything does not keep it for ever.
  #prune(near) {
    if (this.#blocks.size <= KEPT_BLOCKS) return;
    const far = [...this.#blocks.keys()].sort((one, other) => Math.abs(other - near) - Math.abs(one - near));
    for (const block of far.slice(0, this.#blocks.size - KEPT_BLOCKS)) {
      for (const code of this.#blocks.get(block)) this.known.delete(code);
      this.#blocks.delete(block);
    }
  }
}

/** "1–40 / 50.000" */
export function stretchOf(first, last, number, { words, writer }) {
  if (number === 0) return words.none_number;
  return fill(words.stretch, { from: writer.count(first + 1), to: writer.count(last + 1), n: writer.count(number) });
}
