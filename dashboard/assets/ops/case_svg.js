// Making parts of a drawing: text is always text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element of a drawing with attributes (undefined: left out) and children (elements, texts; null: left out). */
export function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    element.setAttribute(key, typeof value === "number" ? Number(value.toFixed(2)) : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return element;
}
