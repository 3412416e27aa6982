// What the page was told when it was laid out, and the one way in which it changes.

/** The facts of this page (dashboard/wall/layout.py). */
export const pageFacts = (root) => JSON.parse(root.dataset.page);

/** The frames that lay in the page when it was made, each with its age in seconds then. */
export const firstFrames = (root) => JSON.parse(root.dataset.frames);

const shown = new Map();

/** Sets properties of a Dash component, those only that differ from what it shows. */
export function show(id, properties) {
  const before = shown.get(id) ?? {};
  const changed = Object.entries(properties).filter(([name, value]) => !same(before[name], value));
  if (changed.length === 0) return;
  shown.set(id, { ...before, ...properties });
  window.dash_clientside.set_props(id, Object.fromEntries(changed));
}

const same = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);

/** Assigns [path, value] pairs inside a component's property, without sending the rest again. */
export function patch(id, property, changes) {
  if (changes.length === 0) return;
  const start = new window.dash_clientside.Patch();
  const done = changes.reduce((patched, [path, value]) => patched.assign(path, value), start);
  window.dash_clientside.set_props(id, { [property]: done.build() });
}

/** Words with their {places} filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
