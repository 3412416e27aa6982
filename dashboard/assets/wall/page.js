// What the page was told when it was laid out, and the one way in which it changes.

/** The facts of this page (dashboard/wall/layout.py). */
export const pageFacts = (root) => JSON.parse(root.dataset.page);

/** The frames that lay in the page when it was made, each with its age in seconds then. */
export const firstFrames = (root) => JSON.parse(root.dataset.frames);

const shown = new Map();

/**
 * Sets properties of a component, those only that differ from what it shows: its text (`children`), its `style`, and
 * attributes; null and undefined take one away.
 *
 * Written into the document and not through Dash's set_props: that copies its whole state for each change, and React
 * keeps an old copy for each component that ever changed, 25 kB each; a page with six scenes grew by megabytes an hour.
 * Dash renders no component of the wall anew after the page is laid out, so it never writes over what stands here.
 */
export function show(id, properties) {
  const element = document.getElementById(id);
  if (element === null) return;
  const before = shown.get(id) ?? {};
  for (const [name, value] of Object.entries(properties)) {
    if (same(before[name], value)) continue;
    if (name === "children") element.textContent = value;
    else if (name === "style") restyle(element.style, before.style ?? {}, value);
    else if (value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  shown.set(id, { ...before, ...properties });
}

function restyle(style, before, now) {
  for (const name of Object.keys(before)) if (!(name in now)) style[name] = "";
  Object.assign(style, now);
}

const same = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);

/** Words with their {places} filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
