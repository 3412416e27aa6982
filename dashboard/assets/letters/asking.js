// Asking the server about letters; a server that does not answer is an answer too.

const PATIENCE_MS = 15_000;

/** `{status, told}` of what is read: status 0 where nobody answers. */
export const ask = (address) => answered(address, {});

/** The same of what is done. */
export const tell = (address, body) =>
  answered(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function answered(address, more) {
  try {
    const answer = await fetch(address, { ...more, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: answer.status, told: await answer.json() };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError)) throw error;
    return { status: 0, told: {} };
  }
}
