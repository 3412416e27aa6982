// The data page's script: asks for the state of all data every 5 s and paints it.

import { Asking } from "./asking.js";
import { Head } from "./head.js";
import { paintIncidents } from "./incidents.js";
import { paintPartitions } from "./partitions.js";
import { paintQuarantine } from "./quarantine.js";
import { paintSources } from "./sources.js";
import { paintSummary } from "./summary.js";
import { Writer } from "../wall/figures.js";
import { pageFacts } from "../wall/page.js";

const PAINTERS = [paintSummary, paintSources, paintIncidents, paintQuarantine, paintPartitions];

const root = document.getElementById("data");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
const head = new Head(page, root);
page.clock = head.clock;
const asking = new Asking(() => "/data/state", page.build, ({ now, age, state }) => {
  head.clock.set(Date.parse(now));
  for (const painter of PAINTERS) painter(state, page);
  head.answer(now, age);
});
page.askAgain = () => asking.now();
