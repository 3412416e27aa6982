// Marks that would lie on each other are one mark, from the first number to the last.

/** `marks` = [{number, x, late, adopted}]; those that touch are put together. `half` is half of a mark's width. */
export function clusters(marks, half) {
  const found = [];
  for (const { number, x, late, adopted } of [...marks].sort((one, other) => one.x - other.x)) {
    found.push({ first: number, last: number, start: x, end: x, x, late, adopted });
    while (found.length > 1 && touch(found.at(-2), found.at(-1), half)) found.push(joined(found.pop(), found.pop()));
  }
  return found;
}

const touch = (one, other, half) => other.x - one.x < half(one) + half(other);

function joined(one, other) {
  const [start, end] = [Math.min(one.start, other.start), Math.max(one.end, other.end)];
  return {
    first: Math.min(one.first, other.first), last: Math.max(one.last, other.last), start, end, x: (start + end) / 2,
    late: one.late || other.late, adopted: one.adopted && other.adopted,
  };
}
