// The key of this display: made here, kept by the browser, and never to be had from it.

const DATABASE = "ioc-display";
const STORE = "keys";
const OWN = "own";
const KIND = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

/** Whether this browser can have a key here: only over https, or on the machine of the server itself. */
export const canHaveKey = () => window.isSecureContext && crypto.subtle !== undefined;

/** The key of this display, or null where it has none. */
export const keptKey = () => inStore("readonly", (store) => store.get(OWN)).then((pair) => pair ?? null);

/** The key of this display; made now where it has none. */
export const ownKey = async () => (await keptKey()) ?? newKey();

/** A new key in the place of the one before: this display is another one from now on. */
export async function newKey() {
  const pair = await crypto.subtle.generateKey(KIND, false, ["sign"]); // false: it can't be exported
  await inStore("readwrite", (store) => store.put(pair, OWN));
  navigator.storage?.persist?.().catch(() => {}); // asks not to be cleared when the disk is full
  return pair;
}

/** The public half, as it is told to the server. */
export async function publicKey(pair) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { kty, crv, x, y };
}

/** The signature of a text, in base64url. */
export async function signed(pair, text) {
  const bytes = new Uint8Array(await crypto.subtle.sign(SIGNING, pair.privateKey, new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function inStore(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      // strict: the key is on the disk before it is used, whatever becomes of the power in the next second
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    };
  });
}
