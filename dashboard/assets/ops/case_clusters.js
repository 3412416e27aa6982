// Marks that would lie on each other are one mark, from the first number to the last.

/** `marks` = [{number, x, late, adopted}] by time; those nearer than `least` to the one before are put together. */
export function clusters(marks, least) {
  const found = [];
  for (const { number, x, late, adopted } of [...marks].sort((one, other) => one.x - other.x)) {
    const before = found.at(-1);
    if (before !== undefined && x - before.end < least) {
      Object.assign(before, {
        first: Math.min(before.first, number), last: Math.max(before.last, number), end: x,
        late: before.late || late, adopted: before.adopted && adopted,
      });
      before.x = (before.start + x) / 2;
    } else found.push({ first: number, last: number, start: x, end: x, x, late, adopted });
  }
  return found;
}
