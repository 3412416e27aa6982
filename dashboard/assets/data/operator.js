// What only an operator may: asked with the key that lies in the centre's home. The tab forgets it when it closes.

const KEPT = "ioc.operator";

export const hasKey = () => sessionStorage.getItem(KEPT) !== null;
export const keepKey = (key) => sessionStorage.setItem(KEPT, key);

/** What the server answers to an operator, and how: {status, told}. A key that is refused is forgotten. */
export async function asOperator(address, body) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(KEPT) ?? ""}` };
  const request = body === undefined
    ? { headers }
    : { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(address, { ...request, cache: "no-store" });
  } catch {
    return { status: 503, told: null };
  }
  if (answer.status === 401) sessionStorage.removeItem(KEPT);
  return { status: answer.status, told: answer.ok ? await answer.json() : null };
}
