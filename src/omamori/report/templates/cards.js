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
    el("span", { class: "push" }, chip("plain", word(D.cost, check.fix_cost)), el("span", {}, group.findings.length + " " + L("hits").replace(/^shown$/, "")))];
  return fold_out(summary, () => [advice(check, group.findings, group.verdict), el("h4", {}, L("where")), paged(group.findings, (finding) => findingItem(finding, true), 50)],
    open, { "data-group": group.id, "data-verdict": group.verdict });
}

function advice(check, findings, verdict) {
  const own = findings.some((finding) => !finding.ask_vendor), theirs = findings.some((finding) => finding.ask_vendor);
  const parts = [];
  if (say(check.why)) parts.push(el("h4", {}, L("why")), el("p", {}, say(check.why)));
  if (verdict === "unknown") return parts;
  if (own && say(check.fix)) {
    parts.push(el("h4", {}, L("fix")), el("p", {}, say(check.fix)));
    if (check.fix_run) parts.push(el("h4", {}, L("command")), el("pre", { tabindex: "0" }, check.fix_run));
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
    finding.age_days ? el("span", { class: "muted" }, L("age") + " " + finding.age_days + (S.lang === "ja" ? L("days") : " " + L("days"))) : null);
  const item = el("div", { class: "item", "data-finding": finding.number || 0 }, head, el("p", {}, say(finding.message)));
  if (finding.verdict === "unknown") {
    item.append(el("p", { class: "people" }, word(D.reason, finding.reason), " → ", word(D.advice, finding.reason)));
  }
  if (finding.acceptance || finding.verdict === "accepted") item.append(acceptance(finding));
  item.append(proof(finding));
  if (finding.plan) item.append(plan(finding.plan));
  return item;
}

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

function acceptance(finding) {
  const a = finding.acceptance || {};
  const words = [["until", a.until || finding.reason], ["by", a.owner], ["reason", a.reason], ["instead", a.compensating], ["paper", a.paper]].filter((pair) => pair[1]);
  return el("p", { class: "people" }, words.map(([name, value]) => el("span", {}, L(name) + ": " + value)));
}
