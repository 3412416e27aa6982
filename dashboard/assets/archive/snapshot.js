// The script of a snapshot's page: asks every 5 s how its versions stand, and once for what a sealed one says.

import { paintChanges } from "./changes.js";
import { Comparing } from "./comparing.js";
import { paintDeliveries } from "./deliveries.js";
import { paintFiles } from "./files.js";
import { Forms } from "./forms.js";
import { paintMarks } from "./marks.js";
import { paintOrigin } from "./origin.js";
import { refusalOf } from "./said.js";
import { paintVersions, shownOf } from "./versions.js";
import { signInFromHere } from "../accounts/going.js";
import { Asking } from "../data/asking.js";
import { Head } from "../data/head.js";
import { post } from "../display/ask.js";
import { Writer } from "../wall/figures.js";
import { pageFacts } from "../wall/page.js";

const root = document.getElementById("archive");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language), at: `/archive/${facts.kind}/${facts.period}` };
const head = new Head(page, root);
page.clock = head.clock;

const comparing = new Comparing(page);
const forms = new Forms(page);
let state = null;
let content = null;
let read = "";

/** Does something: {status, told}; without a session the page goes to where one is made. */
page.act = async (address, body) => {
  const answer = await post(address, body);
  if (answer.status === 401) window.location.assign(signInFromHere());
  page.say(answer.status === 200 ? "" : refusalOf(answer, page));
  if (answer.status === 200) asking.now();
  return answer;
};

page.say = (text) => {
  document.getElementById("done").textContent = text;
};

/** What a page of this snapshot answers: null where it does not, or has nothing. */
page.ask = async (name, query) => {
  try {
    const answer = await fetch(`${page.at}/${name}?${new URLSearchParams(query)}`, { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
};

function paint() {
  const shown = shownOf(state.versions);
  paintVersions(state, shown, page);
  paintMarks(state, shown, content, page);
  paintFiles(state, shown, page);
  paintDeliveries(state, shown, page);
  paintChanges(state, shown, content, page);
  paintOrigin(content, page);
}

// What is sealed never changes: it is asked for again only where another version is shown, or there is one more.
async function readContent() {
  const shown = shownOf(state.versions);
  const wanted = shown.digest === null ? "" : `${shown.version} ${state.versions.map(({ digest }) => digest)}`;
  if (wanted === read) return;
  content = wanted === "" ? null : await page.ask("content", { version: shown.version });
  if (wanted === "" || content !== null) read = wanted;
  comparing.offer(content, state.versions.filter(({ digest }) => digest !== null), shown);
  forms.offer(content, shown);
  paint();
}

const asking = new Asking(() => `${page.at}/state`, page.build, ({ now, age, state: told }) => {
  head.clock.set(Date.parse(now));
  state = told;
  paint();
  head.answer(now, age);
  readContent();
}, undefined, (status) => {
  if (status === 401) window.location.assign(signInFromHere());
  if (status !== 404) return;
  page.say(page.words.gone);
  root.dataset.gone = "yes";
});
