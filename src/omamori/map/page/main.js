// What is clicked, typed and switched.
const talksShown = document.querySelector("[data-layer=talks]");
talksShown.addEventListener("change", () => { if (talksShown.checked) drawRooms(null); else clear(between); });

function choose(number, bring) {
  if (talksShown.checked) drawRooms(null); else clear(between);
  if (number === null) { clear(over); overview(); showWays(); return; }
  clear(pathLayer);
  tellMachine(number);
  const place = places.get(number);
  if (place && bring) place.group ? showDot(place) : reveal(place);
  chosen(number);
}

function showDot(place) {
  if (place.group.pitch * view.k < 14) show({ x: place.x - 60, y: place.y - 40, w: 120, h: 80 }, 1);
  else reveal(place);
}

function chooseEntry(number, bring) {
  tellEntry(number);
  clear(over);
  const gate = gates.find((element) => Number(element.dataset.e) === number);
  if (gate && bring) reveal(boxOf(gate));
  for (const machine of D.entries[number].ms || []) ring(machine, "m-ring");
  drawPaths((D.entries[number].w || []).flatMap((way) => pathsOf.get(D.ways.entries[way].n) || []), (D.entries[number].w || []).length === 1);
}

function chooseRoom(key) {
  tellRoom(key);
  clear(over);
  clear(pathLayer);
  const zone = zones.get(key);
  if (!zone) return;
  draw("rect", { class: "m-chosen", x: zone.x, y: zone.y, width: zone.w, height: zone.h, rx: 6 }, over);
  drawRooms(key);
}

function act(element, event) {
  if (element.dataset.m !== undefined) choose(Number(element.dataset.m));
  else if (element.dataset.e !== undefined) chooseEntry(Number(element.dataset.e));
  else {
    const group = groups.find((one) => one.element === element);
    const at = event && event.clientX !== undefined && event.detail !== 0 ? toDrawing(event) : null;
    const column = at ? Math.floor((at.x - group.x) / group.pitch) : -1, line = at ? Math.floor((at.y - group.y) / group.pitch) : -1;
    const number = group.machines[line * group.across + column];
    // Far away the whole group is meant, near by the one under the finger.
    if (number !== undefined && column >= 0 && column < group.across && group.pitch * view.k >= 9) choose(number);
    else { tellGroup(group); clear(over); draw("rect", { class: "m-chosen", x: group.box.x, y: group.box.y, width: group.box.w, height: group.box.h, rx: 4 }, over); }
  }
}

svg.addEventListener("click", (event) => {
  if (dragged) return;
  const element = event.target.closest(".m-machine,.m-many,.m-entry");
  const room = event.target.closest(".m-zone");
  if (element) act(element, event);
  else if (room) chooseRoom(room.dataset.zone);
  else choose(null);
});
svg.addEventListener("dblclick", (event) => {
  const element = event.target.closest(".m-many,.m-zone");
  if (element) show(boxOf(element), 0.92);
});
for (const element of [...svg.querySelectorAll(".m-machine,.m-many"), ...gates]) {
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  const title = element.querySelector("title");
  const entry = element.dataset.e === undefined ? null : D.entries[Number(element.dataset.e)];
  const machine = element.dataset.m === undefined ? null : D.machines[Number(element.dataset.m)];
  const told = entry ? entry.n : title ? title.textContent : "";
  const worst = (machine || entry || {}).m;
  element.setAttribute("aria-label", D.severities[worst] ? `${told}, ${D.severities[worst]}` : told);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act(element);
    panel.focus();
  });
  element.addEventListener("focus", () => { if (element.matches(":focus-visible")) reveal(boxOf(element)); });
}

const find = document.getElementById("find"), hits = document.getElementById("hits");
const texts = D.machines.map((m) => [m.n, m.h, ...(m.a || []), m.v, m.pu, m.os, m.mk, m.pl, D.kinds[m.k]].filter(Boolean).join("\n").toLowerCase());
function search() {
  const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  svg.classList.toggle("searching", words.length > 0);
  for (const element of svg.querySelectorAll(".m-hit")) element.classList.remove("m-hit");
  clear(over);
  hits.textContent = "";
  if (!words.length) { overview(); return; }
  const numbers = texts.map((text, number) => words.every((word) => text.includes(word)) ? number : -1).filter((number) => number >= 0);
  hits.textContent = numbers.length ? T("hits", { n: numbers.length }) : T("no_hits");
  for (const number of numbers) {
    const place = places.get(number);
    if (place) place.element.classList.add("m-hit");
    if (place && place.group) ring(number, "m-ring");
  }
  fill(make("h2", {}, T("hits", { n: numbers.length })), list([...numbers].sort(byWorst), 100));
}
find.addEventListener("input", search);
find.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { find.value = ""; search(); }
  if (event.key === "Enter") { const first = panel.querySelector(".row"); if (first) first.click(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== find) { event.preventDefault(); find.focus(); }
  if (event.key === "Escape" && document.activeElement !== find) choose(null);
});
for (const box of document.querySelectorAll("[data-layer]")) box.addEventListener("change", () => {
  svg.classList.toggle("without-" + box.dataset.layer, !box.checked);
  svg.classList.toggle("with-" + box.dataset.layer, box.checked);
});
for (const box of document.querySelectorAll("input[data-kind]")) box.addEventListener("change", () => {
  for (const element of svg.querySelectorAll(".m-machine,.m-many")) if (element.dataset.kind === box.dataset.kind) element.classList.toggle("m-off", !box.checked);
});
overview();
showWays();
fit();
if (D.ways.start !== null) chooseWay(D.ways.start);
