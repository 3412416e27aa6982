// The operators' queue: the list that the address asks for, live, and everything that is done from it by keyboard.

import { ACTS, Doing } from "./doing.js";
import { Filters } from "./filters.js";
import { Grid } from "./grid.js";
import { Help } from "./help.js";
import { Live } from "./live.js";
import { News } from "./news.js";
import { Placing } from "./placing.js";
import { Address, Query } from "./query.js";
import { ask, BLOCK, MOST, RefusedError, Rows, stretchOf } from "./rows.js";
import { Calendar } from "./said.js";
import { caseAddress, SORTS } from "./columns.js";
import { Views } from "./views.js";
import { signInFromHere } from "../accounts/going.js";
import { make } from "../data/dom.js";
import { Head } from "../data/head.js";
import { reloadSoon } from "../data/reload.js";
import { Writer } from "../wall/figures.js";
import { fill, pageFacts } from "../wall/page.js";

const root = document.getElementById("queue");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language), pending: new Map(), focusGrid, signIn };
const head = new Head(page, root);
page.clock = head.clock;
page.calendar = new Calendar(page.writer, () => head.clock.now);

const notice = document.getElementById("notice");
const grid = new Grid(document.getElementById("grid"), page, { key, open: openCase, moved, drawn, sort });
const doing = new Doing(page, grid, changedRows);
const address = new Address((query, place) => show(query, place));
const views = new Views(page, address, facts.views);
const filters = new Filters(page, address);
const help = new Help(page);
const placing = new Placing(grid, { told, refused });
const news = new News(page, grid, () => {
  address.go(address.query.with({ sort: "received", dir: "desc" }));
  placing.now();
  focusGrid();
});
sorts();
if (views.first !== null && address.query.text === "" && views.first.query !== "") {
  address.go(new Query(views.first.query), { again: true });
} else show(address.query, window.history.state);
focusGrid();

const live = new Live({
  hello: ({ now, age, build }) => {
    if (build !== page.build) reloadSoon();
    head.answer(now, age);
    placing.stir(); // whatever was missed while nobody listened
  },
  beat: ({ now, age }) => head.answer(now, age),
  changed: ({ now, many, rows = [], gone = [] }) => {
    head.answer(now, 0);
    news.look(rows);
    changedRows(rows);
    goneRows(gone);
    if (many || rows.length > 0 || gone.length > 0) placing.stir();
  },
  gone: () => signIn(), // the session has ended, and the stream with it
  lost: () => placing.stir(),
});
page.live = live;

/** Show the list of a query, once its beginning is here: until then the one before stays, dimmed. */
async function show(query, place) {
  filters.show(query);
  views.show();
  links(query);
  placing.forget();
  root.dataset.busy = "yes";
  const list = new Rows(query, { arrived: (answer) => {
    told(answer);
    grid.redraw();
  }, refused });
  show.newest = list;
  const top = place?.top ?? 0;
  const start = Math.max(0, Math.floor(((place?.index ?? 0) - BLOCK / 2) / BLOCK) * BLOCK);
  try {
    const answer = await ask(query, start, 2 * BLOCK);
    if (show.newest !== list) return; // somebody went on meanwhile
    list.take(answer);
    grid.list?.close();
    grid.moved.clear();
    grid.show(list, { active: place?.index ?? 0, top });
    told(answer);
    hear(fill(page.words.found, { n: page.writer.count(answer.number) }));
    root.dataset.busy = "no";
    document.getElementById("sort").value = query.get("sort");
    document.getElementById("dir").dataset.dir = query.get("dir");
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (show.newest !== list) return;
    refused(error.status);
    if (error.status === 0 || error.status >= 500) setTimeout(() => show.newest === list && show(query, place), 2_000);
  }
}

/** What an answer says besides its rows. */
function told({ now, age, number, counts, working_day: day }) {
  page.working_day = day;
  head.answer(now, age);
  filters.count(counts);
  say("");
  const nothing = document.getElementById("nothing");
  const isUnknown = counts.warned === null && address.query.get("state") === "warned";
  nothing.textContent = isUnknown ? page.words.not_foreseen : page.words.nothing;
  nothing.hidden = number > 0;
  drawn(...grid.seen);
}

function refused(status) {
  if (status === 401) signIn();
  else if (status === 403) say(page.words.refused_not_you);
  else if (status === 422 || status === 400) say(page.words.refused_query);
  else say(page.words.refused_away);
}

function changedRows(rows) {
  for (const row of rows) {
    grid.picked.renew(row); // also one that another list showed: an act says which standing its hand saw
    page.pending.delete(row.case);
    if (grid.list?.known.has(row.case)) grid.list.known.set(row.case, row);
  }
  if (rows.length > 0) grid.redraw();
  doing.show();
}

function goneRows(codes) {
  for (const code of codes) {
    if (grid.list?.known.has(code)) grid.moved.set(code, "gone");
    grid.picked.drop(code);
  }
  if (codes.length > 0) grid.redraw();
  doing.show();
}

function moved() {
  doing.show();
}

function drawn(first, last) {
  const text = stretchOf(first, last, grid.list?.number ?? 0, page);
  const place = document.getElementById("stretch");
  if (place.textContent !== text) place.textContent = text;
  doing.show();
}

function sort(name, dir) {
  address.go(address.query.with({ sort: name, dir }));
}

/** The letters of the page, while the grid has the focus: whoever types elsewhere types. */
function key(event) {
  const letter = event.key.toLowerCase();
  if (event.ctrlKey && letter !== "a") return;
  if (event.ctrlKey) pickAll();
  else if (!help.areKeysOn && event.key.length === 1) return;
  else if (letter in ACTS) doing.act(ACTS[letter]);
  else if (letter === "x") grid.pick(grid.active);
  else if (letter === "n") news.show();
  else if (letter === "v") views.open();
  else if (event.key === "Escape") {
    grid.picked.clear();
    grid.redraw();
    moved();
  } else return;
  event.preventDefault();
}

window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !help.areKeysOn) return;
  if (event.target.closest("input, select, textarea, dialog") !== null) return;
  if (event.key === "/") {
    event.preventDefault();
    filters.search.focus();
    filters.search.select();
  } else if (event.key === "?") help.open();
});
filters.search.addEventListener("keydown", (event) => {
  if (!["Escape", "Enter", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  focusGrid();
});

async function pickAll() {
  try {
    const answer = await ask(address.query, 0, MOST);
    for (const row of answer.rows) grid.picked.add(row);
    if (answer.number > MOST) say(fill(page.words.picked_most, { n: page.writer.count(MOST) }));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    refused(error.status);
  }
  moved();
  grid.redraw();
}

function openCase(row, beside) {
  const to = caseAddress(row, page);
  if (beside) window.open(to, "_blank", "noopener");
  else {
    address.remember({ index: grid.active, top: grid.element.scrollTop });
    window.location.assign(to);
  }
}

/** Links that lead away with the list: the other language, and the exports. */
function links(query) {
  for (const link of document.querySelectorAll(".header a[lang]")) link.href = address.link(query, link.lang);
  for (const link of document.querySelectorAll("#exports a")) {
    const asked = [`lang=${page.language}`, query.text].filter((part) => part !== "").join("&");
    link.href = `/ops/export.${link.dataset.form}?${asked}`;
  }
}

function sorts() {
  const select = document.getElementById("sort");
  select.replaceChildren(...SORTS.map((name) => make("option", { value: name }, page.words[`sort_${name}`])));
  select.addEventListener("change", () => sort(select.value, "asc"));
  document.getElementById("dir").addEventListener("click", () =>
    sort(address.query.get("sort"), address.query.get("dir") === "asc" ? "desc" : "asc"));
}

function say(text) {
  if (notice.textContent !== text) notice.textContent = text;
}

/** For those who hear the page. */
function hear(text) {
  document.getElementById("said").textContent = text;
}

function focusGrid() {
  document.getElementById("grid").focus({ preventScroll: true });
}

function signIn() {
  window.location.assign(signInFromHere());
}
