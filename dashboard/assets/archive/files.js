// What was sealed: its facts, its files to take away, and whether the seal holds.

import { momentOf, sizeOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const RENDERINGS = [["snapshot.pdf", "file_pdf"], ["snapshot.xlsx", "file_xlsx"], ["snapshot.json", "file_json"]];

export function paintFiles(state, shown, page) {
  const { words, whole } = page;
  redraw(document.getElementById("files"), [shown.version, shown.digest, shown.files], () => {
    if (shown.digest === null) return make("p", { class: "quiet" }, words.not_sealed);
    const mayTake = whole || shown.version === 1;
    return [
      mayTake ? links(shown, page) : make("p", { class: "quiet" }, words.take_not_yours),
      facts(shown, page), checking(shown, page),
    ];
  });
}

function links({ version, files }, page) {
  const { words } = page;
  const address = (name) => `${page.at}/${version}/file/${name}`;
  const link = (name, title, bytes) => make("a", { class: "button file-link", href: address(name), download: "",
    "data-key": name }, title, bytes === null ? null : make("span", { class: "quiet running" }, sizeOf(bytes, page)));
  const sizes = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return make("div", { class: "file-links" },
    make("a", { class: "button button-first file-link", href: address("package"), download: "",
      "data-key": "package", title: words.file_package_what },
      words.file_package, make("span", { class: "running" }, sizeOf(total, page))),
    RENDERINGS.map(([name, title]) => link(name, words[title], sizes.get(name) ?? null)),
    link("manifest.json", words.file_manifest, null), link("manifest.sig", words.file_signature, null));
}

function facts(shown, page) {
  const { words, writer } = page;
  const by = shown.asked_by === null ? null : fill(words.asked_by, { by: shown.asked_by });
  const told = [
    [words.fact_origin, [words[`origins.${shown.origin}`], by].filter(Boolean).join(" · ")],
    [words.fact_number, writer.count(shown.number)], [words.fact_sealed, momentOf(shown.sealed_at, page)],
    [words.fact_digest, make("code", {}, shown.digest)],
    [words.fact_previous, shown.previous === null ? words.fact_previous_none : make("code", {}, shown.previous)],
    [words.fact_key, make("code", {}, shown.key_id)],
  ];
  return make("dl", { class: "archive-facts" },
    told.flatMap(([name, value]) => [make("dt", { class: "quiet" }, name), make("dd", {}, value)]));
}

function checking(shown, page) {
  const { words } = page;
  const said = make("div", { class: "check-said", role: "status" });
  const button = make("button", { class: "button", type: "button", "data-key": "check", onclick: async () => {
    button.disabled = true;
    said.replaceChildren(make("p", { class: "quiet" }, words.checking));
    const found = await page.ask(`${shown.version}/check`, {});
    button.disabled = false;
    said.replaceChildren(...(found === null ? [make("p", {}, words.refused_away)] : verdict(found, page)));
  } }, words.check);
  return make("div", { class: "archive-check" }, make("div", { class: "archive-acts" }, button,
    make("a", { class: "file-keys", href: "/archive/keys.json", download: "", "data-key": "keys" }, words.keys)), said);
}

function verdict({ proven, findings, at }, page) {
  const { words, language } = page;
  return [
    make("p", { class: "check-verdict", "data-proven": proven ? "yes" : "no" },
      make("span", { class: "mark", "data-level": proven ? "good" : "bad", "aria-hidden": "true" }),
      proven ? words.check_proven : words.check_wrong,
      make("span", { class: "quiet" }, ` · ${fill(words.check_at, { time: momentOf(at, page) })}`)),
    make("ul", { class: "check-findings" }, findings.map(({ severity, text, code }) =>
      make("li", { "data-severity": severity, "data-code": code }, text[language]))),
  ];
}
