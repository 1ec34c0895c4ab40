"use strict";
// Everything is drawn with textContent: a host name or banner is only ever text.
const D = JSON.parse(document.getElementById("data").textContent);
const S = { lang: D.language, printing: false };
unpack();
const SEVERITIES = ["critical", "high", "medium", "low"];

// Findings come with what they share told once (report/packed.py): here each gets its own words again.
function unpack() {
  const { subjects, said, since, sources, evidence, groups } = D.packed;
  const machines = new Map(D.machines.map((machine) => [machine.name, machine]));
  D.evidence = evidence.map(([source, line, text]) => ({ origin: sources[source][0], kind: sources[source][1], command: sources[source][2],
    seen: sources[source][3], line, text }));
  D.findings = [];
  for (const [check, verdict, severity, reason, state, stage, rows] of groups) {
    for (const [subject, sentence, proof = -1, moment = -1, key = "", more = null] of rows) {
      const name = subjects[subject], [ja, en = ja] = said[sentence], kind = more && more.subject_kind || "asset";
      const machine = kind === "asset" ? machines.get(name) : undefined;
      D.findings.push({ number: D.findings.length, check, verdict, severity, reason, state, stage, subject: name, subject_kind: kind, key, sentence,
        message: { ja: ja.split("\u0001").join(name), en: en.split("\u0001").join(name) }, evidence: proof < 0 ? undefined : proof,
        since: moment < 0 ? undefined : since[moment][0], age_days: moment < 0 ? 0 : since[moment][1],
        vendor: machine ? machine.vendor || "" : more && more.vendor || "", ask_vendor: Boolean(machine ? machine.hands_off : more && more.ask_vendor),
        unseen_runs: more && more.unseen_runs, came_back: more && more.came_back, accepted_days: more && more.accepted_days, plan: more && more.plan, acceptance: more && more.acceptance });
    }
  }
  delete D.packed;
}

function say(text) {
  if (text === undefined || text === null) return "";
  return typeof text === "object" ? text[S.lang] : String(text);
}
function L(name) { return say(D.labels[name]); }
function word(table, code) { return table && table[code] ? say(table[code]) : (code || ""); }

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  add(node, children);
  return node;
}
function add(node, children) {
  for (const child of children.flat(3)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    node.append(child.nodeType ? child : document.createTextNode(String(child)));
  }
  return node;
}
function chip(kind, text) { return el("span", { class: "chip " + kind }, text); }
function severityChip(code) { return chip(SEVERITIES.includes(code) ? code : "low", word(D.severity, code)); }
function day(moment) {
  if (!moment) return "";
  const there = new Date(Date.parse(moment) + D.offset * 60000);
  return there.toISOString().slice(0, 16).replace("T", " ") + (D.utc ? " UTC" : "");
}
function subjectName(name) { return name === "site" ? L("site_subject") : name; }
function rank(code) { const place = SEVERITIES.indexOf(code); return place < 0 ? 9 : place; }
function fold(text) { return String(text).normalize("NFKC").toLowerCase(); }

// A list that draws itself a page at a time: three hundred machines stay quick.
function paged(items, draw, size) {
  const box = el("div", { class: "items" });
  let next = 0;
  const more = el("button", { type: "button", onclick: () => grow() });
  function grow() {
    const last = S.printing ? items.length : Math.min(items.length, next + size);
    for (; next < last; next++) box.insertBefore(draw(items[next], next), more.parentNode === box ? more : null);
    if (next >= items.length) more.remove();
    else { more.textContent = L("more") + " (" + (items.length - next) + ")"; if (more.parentNode !== box) box.append(more); }
  }
  grow();
  return box;
}
// Details whose inside is drawn when it is first opened; all are open on paper.
function fold_out(summary, body, open, attributes) {
  const head = el("summary", {}, summary);
  const box = el("details", { class: "card", ...attributes }, head);
  let drawn = false;
  function draw() { if (!drawn) { drawn = true; box.append(el("div", { class: "body" }, body())); } }
  // At the click, before it opens: "toggle" comes a moment later, and the box would be seen empty.
  head.addEventListener("click", draw);
  box.addEventListener("toggle", () => { if (box.open) draw(); });
  box.open = Boolean(open || S.printing);
  if (box.open) draw();
  return box;
}
function table(columns, rows) {
  return el("div", { class: "scroll", tabindex: "0" }, el("table", {},
    el("thead", {}, el("tr", {}, columns.map((heading) => el("th", { scope: "col" }, say(heading))))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, say(cell))))))));
}
