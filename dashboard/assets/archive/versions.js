// Which versions there are, and which one the page shows: the one that the address names, else the newest sealed.

import { badge } from "./badges.js";
import { momentOf, pageOf } from "./said.js";
import { make, redraw } from "../data/dom.js";

export function shownOf(versions) {
  const asked = Number(new URL(window.location.href).searchParams.get("version"));
  const sealed = versions.filter(({ digest }) => digest !== null);
  return versions.find(({ version }) => version === asked) ?? sealed.at(-1) ?? versions.at(-1);
}

export function paintVersions({ versions }, shown, page) {
  const { words } = page;
  const newest = versions.filter(({ digest }) => digest !== null).at(-1);
  const told = versions.map(({ version, digest, sealed_at: sealedAt, is_partial: partial, late }) => ({
    version, digest, sealedAt, partial, late, shown: version === shown.version, stands: version === newest?.version,
  }));
  redraw(document.getElementById("versions"), told, () => [
    make("span", { class: "quiet" }, words.versions),
    told.map((each) => make("a", { class: "panel archive-version",
      href: pageOf(page.kind, page.period, page, each.version), "aria-current": each.shown ? "page" : undefined,
      "data-version": String(each.version), "data-key": `v${each.version}` },
      make("span", { class: "archive-name" }, `v${each.version}`),
      make("span", { class: "quiet" }, each.digest === null ? words.version_open : momentOf(each.sealedAt, page)),
      each.stands ? make("span", { class: "version-stands" }, words.version_newest) : null,
      each.partial ? badge("partial", words) : null, each.late.length > 0 ? badge("late", words) : null,
      each.version > 1 ? badge("restated", words) : null)),
  ].flat());
}
