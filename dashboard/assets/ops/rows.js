// A list of cases that is longer than what one sees: it lies with the server, and here in blocks as they are looked at.

import { fill } from "../wall/page.js";

/** Rows in one answer; the server gives 500 at most. */
export const BLOCK = 100;
export const MOST = 500;
const KEPT_BLOCKS = 60;
const PATIENCE_MS = 15_000;
const AGAIN_MS = 2_000;

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
  #needed = [0, -1]; // blocks, from and until
  #isAsking = false;
  #age = 0;
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

  /** See to it that the rows from `first` to `last` come, before any that were needed earlier. */
  need(first, last) {
    if (this.number === 0) return;
    this.#needed = [Math.floor(Math.max(0, first) / BLOCK), Math.floor(Math.min(this.number - 1, last) / BLOCK)];
    this.#next();
  }

  /** Put an answer into the list; `instead` of everything that was there, since places may have moved. */
  take(answer, { instead = false } = {}) {
    if (instead) {
      this.#blocks.clear();
      this.#age += 1;
    }
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
    this.#ends.abort();
  }

  // One question at a time: whoever flies over the list asks as fast as is answered, and for where they are by then.
  async #next() {
    const [from, until] = this.#needed;
    let block = from;
    while (block <= until && this.#blocks.has(block)) block += 1;
    if (this.#isAsking || block > until || this.#ends.signal.aborted) return;
    let blocks = 1;
    while (block + blocks <= until && blocks * BLOCK < MOST && !this.#blocks.has(block + blocks)) blocks += 1;
    this.#isAsking = true;
    const refusal = await this.#fetch(block * BLOCK, blocks * BLOCK);
    this.#isAsking = false;
    if (refusal === null) this.#next();
    else setTimeout(() => this.#next(), AGAIN_MS);
  }

  async #fetch(start, count) {
    const { signal } = this.#ends;
    const age = this.#age;
    try {
      const answer = await ask(this.query, start, count, signal);
      if (signal.aborted || age !== this.#age) return null; // the places are others by now
      this.take(answer);
      this.arrived(answer);
      return null;
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof RefusedError)) throw error;
      this.refused(error.status);
      return error;
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
