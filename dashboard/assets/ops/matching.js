// Whether a row that changed may belong to the list that is shown. The server decides where it stands; this is only to
// tell at once that there is something new.

import { stateOf } from "./said.js";

const STATES = {
  overdue: (row) => row.overdue,
  due_soon: (row, page) => stateOf(row, page) === "due_soon",
  paused: (row) => row.paused !== null,
  running: (row, page) => stateOf(row, page) === "running",
  warned: (row) => row.risk !== null && row.risk.warned !== false,
  owed: (row) => row.letter === "owed",
  escalated: (row) => row.handling.rank > 0,
  unacknowledged: (row) => row.handling.acknowledged_by === null,
};

export function matches(row, query, page) {
  const is = (name, value) => query.get(name) === null || query.get(name) === String(value);
  const units = query.all("unit");
  const { holder } = row.handling;
  const wanted = query.get("holder");
  const text = `${row.case} ${row.procedure?.code ?? ""} ${row.procedure?.name ?? ""}`.toLocaleLowerCase("vi");
  return is("kind", row.kind) && is("field", row.field?.code) && is("procedure", row.procedure?.code) &&
    is("channel", row.channel) && is("level", row.level) && is("status", row.status) &&
    // An area is made of units that only the server knows.
    (units.length === 0 || units.includes(row.unit) || units.some((code) => !(code in page.units))) &&
    (query.get("state") === null || STATES[query.get("state")]?.(row, page) === true) &&
    (wanted === null || holder === (wanted === "me" ? page.me.login : wanted === "none" ? null : wanted)) &&
    (query.get("q") === null || text.includes(query.get("q").toLocaleLowerCase("vi")));
}
