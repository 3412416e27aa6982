// Making elements: text is always text, never markup.

/** An element with attributes (undefined: left out) and children (elements, texts; null: left out). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const shown = new WeakMap();

/**
 * Puts what `draw` makes in the place of an element's children, if `facts` are other than last time. What had the
 * focus gets it again, by its data-key.
 */
export function redraw(element, facts, draw) {
  const now = JSON.stringify(facts);
  if (shown.get(element) === now) return;
  shown.set(element, now);
  const key = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(...[draw()].flat());
  if (key !== undefined) element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
