// The feed of the queue says which cases changed; a page that hangs there for hours opens it again by itself.

const LEAST_MS = 2_000;
const MOST_MS = 20_000;

/**
 * Calls `changed()` when the case with this code changed, or when so many did that the feed does not name them;
 * `heard({now, age})` with each sign of life, at least every 5 s; `lost()` when the feed breaks off.
 */
export function follow(code, { changed, heard, lost }) {
  let wait = LEAST_MS;
  const open = () => {
    const source = new EventSource("/feed/ops");
    source.addEventListener("hello", ({ data }) => {
      wait = LEAST_MS;
      heard(JSON.parse(data));
    });
    source.addEventListener("beat", ({ data }) => heard(JSON.parse(data)));
    source.addEventListener("changed", ({ data }) => {
      const told = JSON.parse(data);
      heard({ age: 0, ...told });
      const isOurs = told.many || told.gone?.includes(code) || told.rows?.some((row) => row.case === code);
      if (isOurs) changed();
    });
    // A browser gives up on what was refused and on what a proxy answered: then it is opened anew, later each time.
    source.addEventListener("error", () => {
      lost();
      if (source.readyState !== EventSource.CLOSED) return;
      source.close();
      setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(2 * wait, MOST_MS);
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };
  open();
}
