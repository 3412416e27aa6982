// Lists that show as much as their place has room for, the worst first, and sum up the rest in a last line.

import { make } from "../../data/dom.js";

const lists = new WeakMap();

/**
 * Fills a list with a row for each item. `facts` are all that the rows are made of: without a change nothing is done.
 * `rest(items)` is what the last line says of those that have no room, `empty()` the element where there is none.
 */
export function fit(list, facts, { items, row, rest, empty }) {
  const known = lists.get(list) ?? watched(list);
  const now = JSON.stringify(facts);
  if (known.facts === now) return;
  known.facts = now;
  known.draw = () => (items.length === 0 ? list.replaceChildren(empty()) : draw(list, items, row, rest));
  known.draw();
}

// Another size of the display, or its font, which comes after the first frame, changes what has room.
function watched(list) {
  const known = { facts: null, draw: () => {} };
  lists.set(list, known);
  new ResizeObserver(() => known.draw()).observe(list);
  document.fonts.ready.then(() => known.draw());
  return known;
}

function draw(list, items, row, rest) {
  const rows = items.map(row);
  list.replaceChildren(...rows);
  if (!overflows(list)) return;
  const bottom = list.getBoundingClientRect().bottom + 1;
  let shown = rows.filter((each) => each.getBoundingClientRect().bottom <= bottom).length;
  do {
    list.replaceChildren(...rows.slice(0, shown), make("p", { class: "fitted-rest" }, rest(items.slice(shown))));
    shown -= 1;
  } while (shown >= 0 && overflows(list));
}

const overflows = (list) => list.scrollHeight > list.clientHeight + 1;
