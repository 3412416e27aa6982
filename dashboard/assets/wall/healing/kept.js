// What this tab remembers over a reload; where the browser forbids that, until the reload.

const memory = new Map();

export function recall(name, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? otherwise;
  } catch {
    return memory.get(name) ?? otherwise;
  }
}

export function remember(name, value) {
  memory.set(name, value);
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // It is remembered above.
  }
}
