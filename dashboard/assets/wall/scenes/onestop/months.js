// How the periods of forms and scores are written.

/** "2026-06" → "6/2026" */
export function monthName(name) {
  const [year, month] = name.split("-");
  return `${Number(month)}/${year}`;
}

/** "2026-11-15" → "15/11" */
export function dayName(iso) {
  const [, month, day] = iso.split("-");
  return `${day}/${month}`;
}
