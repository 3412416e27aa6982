// Whether the page could be loaded anew, asked before it is: a page that navigates into an error page stays there.

const PATIENCE_MS = 10_000;
const AT_ONCE = 4;
const OURS = "/assets/wall/main.js";

const ask = (address, cache) => fetch(address, { cache, signal: AbortSignal.timeout(PATIENCE_MS) });

/**
 * The build of the page that would be loaded now, after everything that it is made of was loaded; null while anything
 * of it can't be, or while what answers at its address isn't ours. Never throws.
 */
export async function buildOnOffer() {
  try {
    const page = await ask(window.location.href, "no-store");
    const text = await page.text();
    if (!page.ok || page.redirected || !text.includes(OURS)) return null;
    const parts = partsOf(text);
    while (parts.length > 0) await Promise.all(parts.splice(0, AT_ONCE).map(load));
    // The layout is what Dash asks for first, and what needs the database.
    const layout = await ask("/wall/_dash-layout", "no-store");
    return layout.ok ? JSON.parse((await layout.json()).props["data-page"]).build : null;
  } catch {
    return null;
  }
}

function partsOf(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const named = [...page.querySelectorAll("script[src], link[rel=stylesheet], link[rel=modulepreload]")];
  return [...new Set(named.map((each) => each.getAttribute("src") ?? each.getAttribute("href")))];
}

// The browser keeps what it was given: the new page then comes from its cache, if the network goes away just then. What
// bears its version in its name (Dash's own scripts) is asked for only where it is new.
async function load(part) {
  const answer = await ask(part, part.includes("/_dash-component-suites/") ? "default" : "no-cache");
  await answer.arrayBuffer();
  if (!answer.ok) throw new TypeError(`${part} answered ${answer.status}`);
}
