// What could not be applied: why, where in it, how old; its masked content and its sending again on demand.

import { make, redraw } from "./dom.js";
import { openRecord } from "./record.js";
import { fill } from "../wall/page.js";

export function paintQuarantine({ quarantine, partitions }, page) {
  const total = partitions.reduce((sum, each) => sum + each.quarantined, 0);
  const listed = quarantine.listed;
  const note = listed.length < total ? fill(page.words.quarantine_newest, { n: listed.length, total: page.writer.count(total) }) : "";
  document.getElementById("quarantine-note").textContent = note;
  redraw(document.getElementById("quarantine"), listed, () =>
    listed.length === 0 ? make("p", { class: "quiet" }, page.words.quarantine_none) : listed.map((each) => row(each, page)),
  );
}

function row(record, page) {
  const { words } = page;
  const name = `${record.part}:${record.pos}`;
  return make("article", { class: "record", "data-record": name, "data-replayed": record.replayed_as === null ? "no" : "yes" },
    make("p", { class: "record-reason" }, record.reason,
      record.place ? make("span", { class: "quiet" }, ` ${fill(words.quarantine_place, { place: record.place })}`) : null),
    make("p", { class: "record-what quiet" },
      record.key === "" ? null : make("span", { class: "record-key" }, `${record.key} · `),
      make("time", { class: "running", "data-since": record.appended_at, datetime: record.appended_at }),
      record.replayed_as === null ? null : make("span", { class: "record-replayed" },
        ` · ${fill(words.replayed_as, { position: record.replayed_as })}`)),
    make("button", { class: "button", type: "button", "data-key": name, onclick: () => openRecord(record, page) }, words.look));
}
