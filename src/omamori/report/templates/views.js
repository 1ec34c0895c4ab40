// The views. Each is drawn when it is first shown, again when the language changes, and whole for paper.
function drawFindings() {
  const shown = D.findings.filter(matches);
  const box = document.getElementById("findings-list");
  document.getElementById("hits").textContent = S.lang === "ja" ? shown.length + L("hits") : shown.length + " " + L("hits");
  if (!shown.length) { box.replaceChildren(el("p", { class: "card" }, L("no_hits"))); return; }
  const groups = groupByCheck(shown);
  box.replaceChildren(paged(groups, (group) => checkCard(group, groups.length === 1 || group.id === S.filter.check), 60));
}

function drawTopics() {
  const box = document.getElementById("topics-list");
  box.replaceChildren();
  for (const topic of D.topics) {
    const found = D.findings.filter((finding) => D.checks[finding.check].topic === topic.id);
    if (!found.length) continue;
    const count = (verdict) => found.filter((finding) => finding.verdict === verdict).length;
    box.append(fold_out([el("b", {}, say(topic.title)), el("span", { class: "push" },
      SEVERITIES.map((code) => { const n = found.filter((f) => f.verdict === "fail" && f.severity === code).length; return n ? chip(code, word(D.severity, code) + " " + n) : null; }),
      count("unknown") ? chip("unknown", L("unknown") + " " + count("unknown")) : null)],
      () => groupByCheck(found).map((group) => checkCard(group, false)), false, { "data-topic": topic.id }));
  }
}

function drawMachines() {
  const box = document.getElementById("machines-list"), search = document.getElementById("machine-search");
  if (S.machineQuery !== undefined) { search.value = S.machineQuery; S.machineQuery = undefined; }
  const wanted = S.printing ? "" : fold(search.value);
  const shown = D.machines.filter((m) => fold([m.name, m.hostname, m.zone, m.vendor, m.os, m.purpose, word(D.role, m.role)].filter(Boolean).join("\n")).includes(wanted));
  const byMachine = new Map();
  for (const finding of D.findings) {
    if ((finding.subject_kind || "asset") !== "asset") continue;
    if (!byMachine.has(finding.subject)) byMachine.set(finding.subject, []);
    byMachine.get(finding.subject).push(finding);
  }
  if (!shown.length) { box.replaceChildren(el("p", { class: "card" }, L("no_hits"))); return; }
  box.replaceChildren(paged(shown, (m) => machineCard(m, byMachine.get(m.name) || []), 50));
}

function machineCard(m, findings) {
  const chips = [m.important ? chip("plain", L("important")) : null, m.medical ? chip("plain", L("medical")) : null, m.exposed ? chip("plain", L("exposed")) : null,
    m.hands_off ? chip("ask", L("ask_vendor")) : null, m.observed ? null : chip("unknown", L("not_observed")), m.declared ? null : chip("unknown", L("undeclared"))];
  const summary = [el("b", {}, m.name), chips, el("span", { class: "push" },
    m.found ? chip(m.worst, L("found") + " " + m.found) : null, m.unknown ? chip("unknown", L("unknown") + " " + m.unknown) : null,
    m.accepted ? chip("accepted", L("accepted") + " " + m.accepted) : null)];
  const facts = [m.hostname, word(D.role, m.role), m.purpose, m.os, m.zone, m.vendor, m.last_seen ? L("last_seen") + " " + day(m.last_seen) : ""].filter(Boolean);
  const clear = findings.filter((finding) => finding.verdict !== "unknown"), hidden = findings.filter((finding) => finding.verdict === "unknown");
  return fold_out(summary, () => [
    el("p", { class: "muted" }, facts.join(" ・ ")),
    clear.length ? el("h3", {}, L("view_findings")) : null, paged(clear, (finding) => findingItem(finding, false), 30),
    hidden.length ? el("h3", {}, L("view_unseen")) : null, unseenHere(hidden),
    el("h3", {}, L("looked")), coverage(m), alikeNote(m),
    (m.facts || []).some((fact) => fact.rows || fact.complete) ? el("div", { class: "facts" }, m.facts.map((fact) => factTable(fact))) : null],
    S.openMachine === m.name, { "data-machine": m.name });
}

// What could not be decided on one machine, once per reason.
function unseenHere(findings) {
  return uniqueSorted(findings.map((finding) => finding.reason || "?")).map((reason) => {
    const mine = findings.filter((finding) => (finding.reason || "?") === reason);
    return el("div", { class: "item" }, el("p", { class: "people" }, word(D.reason, reason), " → ", word(D.advice, reason)),
      el("ul", { class: "columns" }, uniqueSorted(mine.map((finding) => say(D.checks[finding.check].title))).map((title) => el("li", {}, title))));
  });
}

function coverage(m) {
  return el("p", { class: "cover-list" }, (m.coverage || []).map((cell) => el("span", {},
    el("span", { class: "dot " + cell.state, role: "img", "aria-label": L(cell.state) }), " ", say(D.groups[cell.group]),
    cell.state === "whole" ? "" : el("span", { class: "muted" }, " (" + word(D.reason, cell.reason) + ")"))));
}

// How many machines like this one were looked at: nothing is carried from one to another.
function alikeNote(m) {
  const group = m.alike && D.alike[m.alike];
  return group ? el("p", { class: "note", "data-alike": m.alike }, el("b", {}, group.label), " — ", say(group.so_far), " ", say(group.differences)) : null;
}

function factTable(fact) {
  const question = D.questions.find((q) => q.id === fact.id), rows = fact.rows || [], total = fact.total || 0;
  const box = el("div", { "data-fact": fact.id, class: fact.id === "firewall" ? "" : "wide" }, el("h3", {}, say(question.title)));
  if (!fact.complete) box.append(el("p", { class: "muted" }, (rows.length ? L("not_whole") : L("fact_unseen")) + ": " + word(D.reason, fact.reason) + (fact.needs ? " (" + fact.needs + ")" : "")));
  else if (!rows.length) box.append(el("p", { class: "muted" }, say(question.empty)));
  if (rows.length) {
    box.append(fact.id === "installed" ? installed(rows) : table(question.columns, rows));
    const all = S.lang === "ja" ? total + L("of") + rows.length + L("shown") : rows.length + " " + L("of") + " " + total + " " + L("shown");
    box.append(el("p", { class: "muted" }, all));
  }
  if (fact.note) box.append(el("p", { class: "muted" }, say(fact.note)));
  return box;
}

// A machine has hundreds of packages: a name and a version in columns are easier to read than a long table.
function installed(rows) {
  return el("ul", { class: "installed", tabindex: "0" }, rows.map((row) => el("li", {}, say(row[0]), " ", el("span", { class: "muted" }, say(row[1])))));
}

function drawUnseen() {
  const box = document.getElementById("unseen-list");
  box.replaceChildren();
  if (!D.unseen.length) box.append(el("p", { class: "card" }, L("all_seen")));
  for (const item of D.unseen) {
    const mine = D.findings.filter((finding) => finding.verdict === "unknown" && (finding.reason || "") === item.reason);
    box.append(fold_out([el("span", { class: "big-n" }, String(item.verdicts || item.cells)), el("span", { class: "muted" }, L(item.verdicts ? "unit_checks" : "unit_cells")), el("b", {}, say(item.label)), el("span", { class: "push" },
      item.machines.length ? L("affected") + " " + item.machines.length : "")],
      () => [el("h4", {}, L("what_to_do")), el("p", {}, say(item.advice), item.needs.length ? el("pre", {}, item.needs.join("\n")) : null),
        el("p", { class: "muted" }, L("unknown_verdicts") + " " + item.verdicts + " ・ " + L("unknown_cells") + " " + item.cells),
        item.machines.length ? [el("h4", {}, L("affected")), el("p", {}, item.machines.join(S.lang === "ja" ? "、" : ", "))] : null,
        mine.length ? [el("h4", {}, L("unknown_verdicts")), groupByCheck(mine).map((group) => el("p", {}, el("b", {}, say(group.check.title)), " — ",
          group.findings.map((finding) => subjectName(finding.subject)).join(S.lang === "ja" ? "、" : ", ")))] : null], false, { "data-reason": item.reason }));
  }
  if (D.machines.length) box.append(el("h3", { class: "group-title" }, L("looked")), coverTable());
}

function coverTable() {
  const groups = Object.keys(D.groups);
  const state = (m, group) => (m.coverage || []).find((cell) => cell.group === group) || { state: "none" };
  const head = el("tr", {}, el("th", { scope: "col" }, L("machines")), groups.map((group) => el("th", { scope: "col" }, say(D.groups[group]))));
  const rows = D.machines.map((m) => el("tr", {}, el("th", { scope: "row" }, m.name), groups.map((group) => {
    const cell = state(m, group), text = L(cell.state) + (cell.state === "whole" ? "" : ": " + word(D.reason, cell.reason));
    return el("td", {}, el("span", { class: "dot " + cell.state, role: "img", "aria-label": text, title: text }));
  })));
  return el("div", { class: "card scroll", tabindex: "0" }, el("table", { class: "cover" }, el("thead", {}, head), el("tbody", {}, rows)));
}

function drawChanges() {
  const box = document.getElementById("changes-list");
  box.replaceChildren();
  if (!D.changes) return;
  const lost = (item) => el("div", { class: "item" }, el("p", { class: "head" }, el("b", {}, subjectName(item.subject)), severityChip(item.severity),
    say((D.checks[item.check] || {}).title) || item.check, el("span", { class: "muted" }, L("age") + " " + days(item.days)), item.stage ? chip("stage", say(D.stages[item.stage])) : null),
    el("p", {}, say(item.message)), el("p", { class: "people" }, L("last_seen") + ": " + day(item.last_open)));
  const byNumber = (numbers) => numbers.map((number) => D.findings[number]);
  const part = (title, items, draw, open) => items.length ? fold_out([el("span", { class: "big-n" }, String(items.length)), el("b", {}, title)],
    () => paged(items, draw, 50), open) : null;
  const old = (item) => el("div", { class: "item" }, el("p", { class: "head" }, el("b", {}, subjectName(item.subject)), severityChip(item.severity), say((D.checks[item.check] || {}).title) || item.check),
    el("p", {}, say(item.message)), el("p", { class: "people" }, word(D.now, item.now)));
  const both = (finding) => add(el("div", {}), [findingItem({ ...finding, state: "" }, true)]);
  const still = byNumber(D.changes.still).sort((a, b) => (b.age_days || 0) - (a.age_days || 0));
  add(box, [part(L("new"), byNumber(D.changes.new), both, true), part(L("gone"), D.changes.past.filter((item) => item.now === "gone"), old, true),
    part(L("hidden"), D.changes.past.filter((item) => item.now !== "gone"), old, true), part(L("hidden_open"), D.hidden, lost, false), S.printing ? null : part(L("still"), still, both, false)]);
}

function drawVendors() {
  const box = document.getElementById("vendors-list"), and = () => S.lang === "ja" ? "、" : ", ";
  box.replaceChildren(...D.vendors.map((vendor) => {
    const mine = vendor.findings.map((number) => D.findings[number]), asks = mine.filter((finding) => finding.verdict === "fail");
    const reply = vendor.replied ? L("vendor_reply") + " " + (vendor.answered_on || L("vendor_no_day")) : L("vendor_no_reply");
    return fold_out([el("b", {}, vendor.name), el("span", { class: "push" }, L("contact") + " " + [vendor.contact, vendor.phone].filter(Boolean).join(" "), chip("plain", L("found") + " " + asks.length),
      chip("plain", reply), vendor.open ? chip("plain", L("vendor_open") + " " + vendor.open) : null)],
      () => [el("p", { class: "muted" }, vendor.subjects.join(and())), vendorSaid(vendor, and()),
        asks.length ? groupByCheck(asks).map((group) => el("div", { class: "item" }, el("p", { class: "head" }, severityChip(group.severity), el("b", {}, say(group.check.title))),
          el("p", {}, [...new Set(group.findings.map((finding) => finding.subject))].join(and())),
          group.check.ask ? el("p", { class: "note" }, say(group.check.ask)) : null)) : el("p", {}, L("vendor_nothing")),
        asks.length ? el("p", { class: "muted" }, L("vendor_export") + ": ", el("code", {}, "omamori vendor export \"" + vendor.name.replace(/["\\`$]/g, "?") + "\"")) : null], false, { "data-vendor": vendor.name });
  }));
}

// What the vendor decided, refusals first: until when, why, and what protects instead.
function vendorSaid(vendor, and) {
  if (!vendor.said.length) return null;
  return el("div", { class: "said" }, el("h4", {}, L("vendor_said")), vendor.said.map((one) => el("div", { class: "item", "data-answer": one.answer },
    el("p", { class: "head" }, chip("plain", word(D.decision, one.answer)), el("b", {}, say((D.checks[one.check] || {}).title) || one.check), one.until ? el("span", { class: "muted" }, L("vendor_until") + " " + one.until + (one.ended ? " (" + L("vendor_ended") + ")" : "")) : null),
    el("p", {}, one.subjects.join(and)),
    one.reason || one.instead ? el("p", { class: "people" }, [one.reason ? L("reason") + ": " + one.reason : "", one.instead ? L("instead") + ": " + one.instead : ""].filter(Boolean).join(" ・ ")) : null,
    one.lacking ? el("p", { class: "note" }, L("vendor_lacking")) : null)));
}
