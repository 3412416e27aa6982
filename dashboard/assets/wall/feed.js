// The feed of boards, which comes back by itself: from a restart, a lost network, a proxy's error page.

/** Without any sign for so long the stream is taken for dead, even if the browser thinks it is open. */
const SILENCE_MS = 15_000;
const REOPEN_MS = [500, 2_500];

const between = ([least, most]) => least + Math.random() * (most - least);

export class Feed {
  /** `on` has a function for each event: hello, board, beat. They are given the event's data. */
  constructor(address, on) {
    this.address = address;
    this.on = on;
    this.reopening = null;
    this.open();
    setInterval(() => this.#watch(), 1_000);
  }

  open() {
    this.reopening = null;
    this.source?.close();
    this.heardAt = performance.now();
    const source = new EventSource(this.address);
    for (const [name, act] of Object.entries(this.on)) {
      source.addEventListener(name, (event) => {
        this.heardAt = performance.now();
        act(JSON.parse(event.data));
      });
    }
    // The browser connects again after a lost connection, but never after an answer that is no stream.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) this.#reopenSoon();
    });
    this.source = source;
  }

  #watch() {
    if (performance.now() - this.heardAt > SILENCE_MS) this.#reopenSoon();
  }

  // After a random pause, so that a hundred displays don't come back in the same moment.
  #reopenSoon() {
    this.reopening ??= setTimeout(() => this.open(), between(REOPEN_MS));
  }
}

/** A new build serves other pages: take them, not all displays at once. */
export function reloadSoon() {
  setTimeout(() => window.location.reload(), between(REOPEN_MS));
}
