// Asking the server as a display.

import { publicKey, signed } from "./keys.js";

const PATIENCE_MS = 8_000;

/** What the server answers to a question: {status, told, retry}; status 0 where it does not answer. */
export async function post(address, body) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const told = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : null;
    return { status: answer.status, told, retry: Number(answer.headers.get("retry-after")) || null };
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) {
      return { status: 0, told: null, retry: null };
    }
    throw error;
  }
}

/** How this display stands: {id, state, code, seconds}. A key that nobody knows yet is enrolled by asking. */
export const standing = async (pair) => post("/display/enrol", { key: await publicKey(pair) });

/** Proves the key: the browser keeps a session then, and what the display is to show is told. */
export async function prove(pair, id) {
  const asked = await post("/display/challenge", { id });
  if (asked.status !== 200) return asked;
  const { challenge } = asked.told;
  const text = `ioc-display-session\n${window.location.origin}\n${id}\n${challenge}`;
  return post("/display/session", { id, challenge, signature: await signed(pair, text) });
}
