// The filter of the findings: what is chosen, the form, and which findings it lets through.
const NO_FILTER = { q: "", severity: "", topic: "", machine: "", cost: "", verdict: "fail", vendor: "", state: "", stage: "", check: "" };
S.filter = { ...NO_FILTER };

// What the search looks through, in both languages, made when it is first asked for.
const haystacks = [];
function haystack(finding) {
  if (haystacks[finding.number] === undefined) {
    const check = D.checks[finding.check], proof = finding.evidence === undefined ? {} : D.evidence[finding.evidence];
    haystacks[finding.number] = fold([finding.check, finding.subject, finding.key, finding.message.ja, finding.message.en, check.title.ja, check.title.en,
      finding.vendor, proof.origin, proof.command, proof.text, proof.kind].filter(Boolean).join("\n"));
  }
  return haystacks[finding.number];
}

function matches(finding) {
  const f = S.filter, check = D.checks[finding.check];
  if (f.check && finding.check !== f.check) return false;
  if (f.severity && finding.severity !== f.severity) return false;
  if (f.topic && check.topic !== f.topic) return false;
  if (f.machine && finding.subject !== f.machine) return false;
  if (f.cost && check.fix_cost !== f.cost) return false;
  if (f.verdict && finding.verdict !== f.verdict) return false;
  if (f.vendor && finding.vendor !== f.vendor) return false;
  if (f.state && finding.state !== f.state) return false;
  if (f.stage && (f.stage === "any" ? !finding.stage : finding.stage !== f.stage)) return false;
  return !f.q || fold(f.q).split(/\s+/).every((part) => haystack(finding).includes(part));
}

function uniqueSorted(values) { return [...new Set(values.filter(Boolean))].sort((a, b) => (a < b ? -1 : 1)); }

function choices() {
  const has = (value) => D.findings.some((finding) => finding.state === value);
  const list = [
    ["severity", SEVERITIES.map((code) => [code, word(D.severity, code)])],
    ["topic", D.topics.map((topic) => [topic.id, say(topic.title)])],
    ["machine", uniqueSorted(D.findings.map((finding) => finding.subject)).map((name) => [name, subjectName(name)])],
    ["cost", Object.keys(D.cost).map((code) => [code, word(D.cost, code)])],
    ["verdict", Object.keys(D.verdict).map((code) => [code, word(D.verdict, code)])],
    ["vendor", uniqueSorted(D.findings.map((finding) => finding.vendor)).map((name) => [name, name])],
  ];
  if (has("new") || has("open")) list.push(["state", [["new", L("state_new")], ["open", L("state_open")]]]);
  if (D.findings.some((finding) => finding.stage)) {
    list.push(["stage", [["any", L("aging")], ...Object.keys(D.stages).map((code) => [code, say(D.stages[code])])]]);
  }
  return list;
}

function drawFilters() {
  const form = document.getElementById("filters");
  form.replaceChildren();
  const search = el("input", { type: "search", id: "f-q", placeholder: L("search_hint"), autocomplete: "off",
    oninput: (event) => { S.filter.q = event.target.value; S.filter.check = ""; drawFindings(); } });
  search.value = S.filter.q;
  form.append(el("label", { for: "f-q" }, L("search"), search));
  for (const [name, options] of choices()) {
    const select = el("select", { id: "f-" + name, onchange: (event) => { S.filter[name] = event.target.value; S.filter.check = ""; drawFindings(); } },
      el("option", { value: "" }, L("all")), options.map(([value, text]) => el("option", { value }, text)));
    select.value = S.filter[name];
    form.append(el("label", { for: "f-" + name }, L(name), select));
  }
  form.append(el("button", { type: "button", id: "f-reset", onclick: () => { S.filter = { ...NO_FILTER }; drawFilters(); drawFindings(); } }, L("reset")));
}
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
