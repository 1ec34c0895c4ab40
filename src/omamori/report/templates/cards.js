// One check with everything it found, and one finding with its evidence.
function groupByCheck(findings) {
  const groups = new Map();
  for (const finding of findings) {
    const key = finding.check + "\n" + finding.verdict;
    if (!groups.has(key)) groups.set(key, { check: D.checks[finding.check], id: finding.check, verdict: finding.verdict, severity: finding.severity, findings: [] });
    const group = groups.get(key);
    group.findings.push(finding);
    if (rank(finding.severity) < rank(group.severity)) group.severity = finding.severity;
  }
  const order = ["fail", "unknown", "accepted"];
  return [...groups.values()].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || rank(a.severity) - rank(b.severity)
    || b.findings.length - a.findings.length || (a.id < b.id ? -1 : 1));
}

function checkCard(group, open) {
  const check = group.check, fresh = group.findings.filter((finding) => finding.state === "new").length;
  const summary = [group.verdict === "fail" ? severityChip(group.severity) : chip(group.verdict, word(D.verdict, group.verdict)),
    el("b", {}, say(check.title)), fresh ? chip("new", L("new") + " " + fresh) : null,
    el("span", { class: "push" }, chip("plain", word(D.cost, check.fix_cost)), el("span", {}, counted(group.findings)))];
  return fold_out(summary, () => [advice(check, group.findings, group.verdict), el("h4", {}, L("where")), paged(bundles(group.findings), (bundle) => bundleItem(bundle), 50)],
    open, { "data-group": group.id, "data-verdict": group.verdict });
}

// On how many machines, and how many findings where these are more.
function counted(findings) {
  const subjects = new Set(findings.map((finding) => finding.subject)).size, hits = findings.length + " " + L("hits").replace(/^shown$/, "");
  const onMachines = findings.every((finding) => finding.subject_kind === "asset");
  if (!onMachines || subjects < 2) return hits;
  return subjects + " " + L("unit_machines") + (findings.length > subjects ? " ・ " + hits : "");
}

// The same words on several machines are one row; so are many findings on one machine.
function bundles(findings) {
  const by = (name) => { const map = new Map(); for (const f of findings) { const list = map.get(f[name]); if (list) list.push(f); else map.set(f[name], [f]); } return map; };
  const same = by("sentence"), mine = by("subject"), done = new Set(), found = [];
  for (const finding of findings) {
    if (done.has(finding)) continue;
    const alike = same.get(finding.sentence), here = mine.get(finding.subject);
    const several = alike.length > 1 && finding.subject_kind === "asset" ? alike : here.length > 3 ? here : [finding];
    const bundle = several.filter((one) => !done.has(one));
    for (const one of bundle) done.add(one);
    found.push(bundle);
  }
  return found;
}

function bundleItem(bundle) {
  if (bundle.length === 1) return findingItem(bundle[0], true);
  const first = bundle[0], subjects = uniqueSorted(bundle.map((finding) => finding.subject)), shown = subjects.slice(0, 6);
  const asked = bundle.filter((finding) => finding.ask_vendor && finding.verdict === "fail").length;
  const one = subjects.length === 1, words = say(first.message).split(first.subject);
  const head = el("p", { class: "head" }, one ? subjectLink(first) : el("b", {}, subjects.length + " " + L("unit_machines")),
    one ? el("span", { class: "muted" }, counted(bundle)) : null, asked ? chip("ask", L("ask_vendor") + " " + asked) : null,
    bundle.some((finding) => finding.state === "new") ? chip("new", L("new")) : null);
  const named = shown.join(S.lang === "ja" ? "、" : ", ") + (subjects.length > 6 ? (S.lang === "ja" ? " " : ", ") + L("and_more") + " " + (subjects.length - 6) : "");
  return el("div", { class: "item", "data-bundle": bundle.length }, head, one ? null : el("p", {}, words.join("…").replace(/^…[::]\s*/, "")),
    one ? null : el("p", { class: "muted" }, named), fold_out([L("each")], () => paged(bundle, (finding) => findingItem(finding, true), 50), false, { class: "each" }));
}

function advice(check, findings, verdict) {
  const own = findings.some((finding) => !finding.ask_vendor), theirs = findings.some((finding) => finding.ask_vendor);
  const parts = [];
  if (say(check.why)) parts.push(el("h4", {}, L("why")), el("p", {}, say(check.why)));
  if (verdict === "unknown") return parts;
  if (own && say(check.fix)) {
    parts.push(el("h4", {}, L("fix")), el("p", {}, say(check.fix)));
    if (check.fix_run) parts.push(el("h4", {}, L("command")), el("pre", { tabindex: "0" }, check.fix_run));
    if (check.fix_plan) parts.push(el("h4", {}, L("plan_of_it")), el("pre", { tabindex: "0" }, check.fix_plan));
  }
  if (theirs) parts.push(el("div", { class: "note" }, el("h4", {}, L("ask") + " — " + L("hands_off")), el("p", {}, say(check.ask) || say(check.title))));
  return parts;
}

function findingItem(finding, withSubject) {
  const head = el("p", { class: "head" },
    withSubject ? subjectLink(finding) : null,
    withSubject ? null : finding.verdict === "fail" ? severityChip(finding.severity) : chip(finding.verdict, word(D.verdict, finding.verdict)),
    withSubject ? null : el("b", {}, say(D.checks[finding.check].title)),
    finding.state === "new" ? chip("new", L("new")) : null,
    finding.ask_vendor && finding.verdict === "fail" ? chip("ask", L("ask_vendor") + (finding.vendor ? ": " + finding.vendor : "")) : null,
    finding.came_back ? chip("new", L("came_back")) : null,
    finding.age_days ? el("span", { class: "muted" }, L("age") + " " + days(finding.age_days)) : null,
    finding.stage ? chip("stage", say(D.stages[finding.stage])) : null);
  const item = el("div", { class: "item", "data-finding": finding.number || 0 }, head, el("p", {}, say(finding.message)));
  if (finding.verdict === "unknown") {
    item.append(el("p", { class: "people" }, word(D.reason, finding.reason), " → ", word(D.advice, finding.reason)));
  }
  if (finding.acceptance || finding.verdict === "accepted") item.append(acceptance(finding));
  if (finding.came_back) item.append(el("p", { class: "people" }, L("came_back_on") + ": " + day(finding.came_back)));
  if (finding.unseen_runs) item.append(el("p", { class: "people" }, L("unseen_runs") + ": " + finding.unseen_runs));
  item.append(proof(finding));
  if (finding.plan) item.append(plan(finding.plan));
  return item;
}

function days(number) { return number + (S.lang === "ja" ? "" : " ") + L("days"); }

function subjectLink(finding) {
  if ((finding.subject_kind || "asset") !== "asset") return el("b", {}, subjectName(finding.subject));
  return el("a", { href: "#machines", onclick: () => { S.machineQuery = finding.subject; S.openMachine = finding.subject; } }, finding.subject);
}

function proof(finding) {
  const line = finding.evidence === undefined ? null : D.evidence[finding.evidence];
  const key = finding.key ? [" ・ ", L("key"), ": ", el("code", {}, finding.key)] : [];
  const id = [" ・ ", el("code", {}, finding.check)];
  if (!line) return el("p", { class: "proof" }, finding.verdict === "unknown" ? "" : L("no_evidence"), id, key);
  const place = [line.origin, line.kind, line.command, line.line ? (S.lang === "ja" ? line.line + L("line") : L("line") + " " + line.line) : ""].filter(Boolean).join(" › ");
  return el("p", { class: "proof" }, L("evidence") + ": ", line.text ? el("code", {}, line.text) : null, " ", place,
    line.seen ? " ・ " + L("seen") + " " + day(line.seen) : "", id, key);
}

function plan(p) {
  const words = [["owner", p.owner], ["due", p.due], ["asked", p.asked], ["answer", p.answer], ["done", p.done]].filter((pair) => pair[1]);
  return el("p", { class: "people" }, words.map(([name, value]) => el("span", {}, L(name) + ": " + value)));
}

function control(c) {
  const shown = say(c.shown);
  return say(c.kind) + (c.detail ? " " + c.detail : "") + " — " + say(c.state_said) + (shown ? " (" + shown + ")" : "");
}

function acceptance(finding) {
  const a = finding.acceptance || {};
  const words = [["until", a.until || finding.reason], ["by", a.owner], ["accepted_days", finding.accepted_days ? days(finding.accepted_days) : ""], ["reason", a.reason], ["instead", a.compensating], ["control", a.control ? control(a.control) : ""], ["letter", a.letter], ["paper", a.paper]].filter((pair) => pair[1]);
  return el("p", { class: "people" }, words.map(([name, value]) => el("span", {}, L(name) + ": " + value)));
}
