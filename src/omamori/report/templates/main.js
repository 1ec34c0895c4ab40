// Which view is shown, the language, and paper.
const VIEWS = {
  overview: () => {}, repairs: () => {}, findings: () => { drawFilters(); drawFindings(); }, checklist: () => {}, machines: drawMachines, ways: () => {}, backups: () => {}, visits: () => {}, topics: drawTopics,
  unseen: drawUnseen, changes: drawChanges, vendors: drawVendors, about: () => {},
};
const drawn = new Set();

function show() {
  const name = location.hash.slice(1) in VIEWS ? location.hash.slice(1) : "overview";
  S.view = name;
  for (const section of document.querySelectorAll(".view")) section.classList.toggle("on", section.id === name);
  for (const link of document.querySelectorAll("#views a")) {
    if (link.hash === "#" + name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (!drawn.has(name) || name === "machines" && S.machineQuery !== undefined || name === "findings") { drawn.add(name); VIEWS[name](); }
  window.scrollTo(0, 0);
}

function speak(language) {
  S.lang = language;
  document.documentElement.lang = language;
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === language));
  document.title = L("amulet") + " " + L("title");
  drawn.clear();
  show();
}

// On paper everything is there and open: drawn whole before printing, and again for the screen afterwards.
function paper(on) {
  if (S.printing === on) return;
  S.printing = on;
  for (const item of document.querySelectorAll("#checklist details, #ways details, #backups details, #repairs details")) item.open = on;
  const onlyOne = document.documentElement.classList.contains("only-one");
  if (!on) { document.documentElement.classList.remove("only-one"); drawn.clear(); show(); return; }
  if (!onlyOne) for (const name of Object.keys(VIEWS)) if (name !== "topics") VIEWS[name]();
}

for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => speak(button.dataset.lang));
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => {
  document.documentElement.classList.toggle("only-one", button.dataset.print === "one");
  window.print();
});
for (const link of document.querySelectorAll("[data-check]")) link.addEventListener("click", () => { S.filter = { ...NO_FILTER, check: link.dataset.check, verdict: link.dataset.verdict || NO_FILTER.verdict }; });
for (const link of document.querySelectorAll("[data-goto]")) link.addEventListener("click", (event) => {
  event.preventDefault();
  const item = document.getElementById(link.dataset.goto);
  item.open = true;
  item.scrollIntoView();
});
for (const link of document.querySelectorAll("[data-stage]")) link.addEventListener("click", () => {
  S.filter = { ...NO_FILTER, stage: link.dataset.stage, check: link.dataset.of || "" };
});
for (const link of document.querySelectorAll("[data-accepted]")) link.addEventListener("click", () => { S.filter = { ...NO_FILTER, verdict: "accepted" }; });
for (const link of document.querySelectorAll("a[data-machine]")) link.addEventListener("click", () => { S.machineQuery = S.openMachine = link.dataset.machine; });
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); document.getElementById("main").focus(); });
document.getElementById("machine-search").addEventListener("input", () => { S.openMachine = undefined; drawMachines(); });
window.addEventListener("hashchange", show);
window.addEventListener("beforeprint", () => paper(true));
window.addEventListener("afterprint", () => paper(false));
if (document.getElementById("views")) speak(D.language);
