// Sending an act: the answer says whether it took effect, and if not, who was first or what was wrong.

const PATIENCE_MS = 12_000;
const AT_ONCE = 8;

/** What became of one act; a server that does not answer is an answer too. */
export async function send(body) {
  const { status, told } = await posted(body);
  const { took = false, handling = null, overtaken_by = null, detail = null } = told;
  return { case: body.case, status, took, handling, overtaken_by, detail: worded(detail) };
}

/** Of many at once only some go together: the server has other things to do as well. */
export async function sendAll(bodies) {
  const results = [];
  for (let place = 0; place < bodies.length; place += AT_ONCE) {
    results.push(...await Promise.all(bodies.slice(place, place + AT_ONCE).map(send)));
  }
  return results;
}

async function posted(body) {
  try {
    const answer = await fetch("/ops/act", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: answer.status, told: await answer.json() };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError)) throw error;
    return { status: 0, told: {} };
  }
}

// What a framework complains about is a list; ours is one word.
const worded = (detail) => (typeof detail === "string" ? detail : null);
