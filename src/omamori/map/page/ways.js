// Ways in: which there are, how far an intruder gets from each, step by step, and what takes the steps away.
const pathLayer = draw("g", { class: "m-paths" }, svg);
const waysShown = document.querySelector("[data-layer=ways]");
const pathsOf = new Map();
for (const path of D.ways.paths) {
  if (!pathsOf.has(path.w)) pathsOf.set(path.w, []);
  pathsOf.get(path.w).push(path);
}

// The middle of what a step leads to; a room is entered at its upper edge.
function spot(place) {
  if (!place) return null;
  const [kind, key] = place;
  const box = kind === "m" ? places.get(key) : kind === "z" ? zones.get(key) : boxOf(gates.find((element) => Number(element.dataset.e) === key));
  if (!box) return null;
  if (kind === "z") return { x: box.x + box.w / 2, y: box.y + 3 };
  if (kind === "e") return { x: box.x + box.w / 2, y: box.y + box.h };
  return { x: box.x + Math.min(13, box.w / 2), y: box.y + box.h / 2, small: Boolean(box.group) };
}

// Each stretch once, certain before possible, what is left before what is cut.
function stretches(paths) {
  const found = new Map();
  for (const path of paths) {
    const entry = D.ways.entries.find((one) => one.n === path.w);
    let here = entry ? spot(entry.p) : null;
    path.s.forEach(([, , certain, , place], number) => {
      const there = spot(place);
      if (!there || here && here.x === there.x && here.y === there.y) return;
      if (here) {
        const key = [here.x, here.y, there.x, there.y].join(" ");
        const one = found.get(key) || { from: here, to: there, numbers: new Set(), certain: 0, cut: true };
        one.numbers.add(number + 1);
        one.certain |= certain;
        one.cut = one.cut && Boolean(path.x);
        found.set(key, one);
      }
      here = there;
    });
  }
  return [...found.values()].sort((a, b) => b.cut - a.cut || a.certain - b.certain);
}

function drawPaths(paths, numbered) {
  clear(pathLayer);
  svg.append(pathLayer);
  pathLayer.classList.toggle("m-all", !numbered);
  for (const { from, to, numbers, certain, cut } of stretches(paths)) {
    const look = cut ? "-cut" : certain ? "" : "-possible";
    const far = Math.hypot(to.x - from.x, to.y - from.y) || 1, aside = Math.min(46, far * 0.16);
    const x = (from.x + to.x) / 2 - (to.y - from.y) / far * aside, y = (from.y + to.y) / 2 + (to.x - from.x) / far * aside;
    const size = to.small ? 0.45 : 1, reach = Math.hypot(to.x - x, to.y - y) || 1;
    const [dx, dy] = [(to.x - x) / reach * size, (to.y - y) / reach * size];
    draw("path", { class: "m-step-halo", d: `M${from.x} ${from.y}Q${x} ${y} ${to.x} ${to.y}` }, pathLayer);
    draw("path", { class: `m-step m-step${look}`, d: `M${from.x} ${from.y}Q${x} ${y} ${to.x} ${to.y}` }, pathLayer);
    draw("path", { class: `m-step-end m-step-end${look}`, d: `M${to.x} ${to.y}L${to.x - dx * 8 - dy * 3.6} ${to.y - dy * 8 + dx * 3.6}L${to.x - dx * 8 + dy * 3.6} ${to.y - dy * 8 - dx * 3.6}z` }, pathLayer);
    if (!numbered || cut) continue;
    const words = [...numbers].sort((a, b) => a - b).join(","), half = 5.4 + 2.2 * (words.length - 1);
    const [mx, my] = [(from.x + 2 * x + to.x) / 4, (from.y + 2 * y + to.y) / 4];
    draw("rect", { class: `m-step-number m-step-number${look}`, x: mx - half, y: my - 5.4, width: 2 * half, height: 10.8, rx: 5.4 }, pathLayer);
    draw("text", { class: "m-t m-strong m-white", x: mx, y: my + 2.5, "font-size": 7, "text-anchor": "middle" }, pathLayer).textContent = words;
  }
  const goals = new Map();
  for (const path of [...paths].reverse()) if (path.p && path.p[0] === "m") goals.set(path.p[1], path);
  for (const [number, path] of goals) ring(number, `m-goal m-goal${path.x ? "-cut" : path.c ? "" : "-possible"}`, pathLayer);
}

function left(paths) { return paths.filter((path) => !path.x); }

function told(paths) {
  const rest = left(paths), sure = rest.filter((path) => path.c).length, cut = paths.length - rest.length;
  return [sure && T("ways_reach", { n: sure }), rest.length > sure && T("ways_maybe", { n: rest.length - sure }), cut && `${T("ways_cut")} ${cut}`].filter(Boolean).join(" · ");
}

function wayRow(number) {
  const way = D.ways.entries[number];
  return make("li", {}, make("button", { class: "row", type: "button", click: () => chooseWay(number) }, sign(way.p && way.p[0] !== "e" ? "i-" + way.i : way.s === "found" ? "i-door" : "i-vpn"), make("b", {}, way.n), make("small", {}, way.c ? T("ways_closed") : told(pathsOf.get(way.n) || []))));
}

// For the overview: every way in, those that reach most first, and what to do first.
function waysPart() {
  const parts = [make("h3", {}, `${T("ways_head")} (${T("ways_all", { n: D.ways.entries.length })})`)];
  if (D.ways.supposed.length) {
    const all = D.ways.paths, rest = left(all).length;
    parts.push(make("p", {}, T("ways_supposed", { cut: all.length - rest, left: rest })), make("ul", { class: "plain" }, ...D.ways.supposed.map((one) => make("li", {}, one))));
  }
  if (!D.ways.entries.length) return [...parts, make("p", {}, T("ways_unknown"))];
  if (!D.ways.known) parts.push(make("p", {}, T("ways_part")));
  const weight = (number) => { const rest = left(pathsOf.get(D.ways.entries[number].n) || []); return rest.filter((path) => path.c).length * 1000 + rest.length; };
  const ordered = D.ways.entries.map((_, number) => number).sort((a, b) => weight(b) - weight(a) || a - b);
  const rows = make("ul", {}, ...ordered.slice(0, 8).map(wayRow));
  if (ordered.length > 8) rows.append(make("li", {}, make("button", { class: "row", type: "button", click: (event) => {
    event.currentTarget.parentElement.remove();
    rows.append(...ordered.slice(8).map(wayRow));
  } }, make("b", {}, `+${ordered.length - 8}`))));
  parts.push(rows);
  if (D.ways.first.length) parts.push(make("h3", {}, T("ways_first")), make("ol", { class: "plain" }, ...D.ways.first.map((number) => make("li", {}, D.ways.changes[number]))));
  return parts;
}

function pathPart(path, number) {
  const steps = make("ol", { class: "steps" });
  path.s.forEach(([words, reference, certain, change]) => steps.append(make("li", {}, words, certain ? null : make("small", {}, ` (${T("ways_possible")})`), proof(reference), change >= 0 ? make("p", { class: "takes" }, `${T("ways_takes")}: ${D.ways.changes[change]}`) : null)));
  const head = make("summary", {}, make("b", {}, "→ " + path.a), ` ${path.j} · ${T("ways_steps", { n: path.s.length })}`, path.x ? ` · ${T("ways_cut")}` : path.c ? "" : ` · ${T("ways_possible")}`);
  const part = make("details", { class: path.x ? "path cut" : "path" }, head, steps, path.x || (path.ch || []).length ? null : make("p", { class: "takes" }, T("ways_uncut")));
  part.addEventListener("toggle", () => {
    if (!part.open) return;
    for (const other of panel.querySelectorAll("details.path")) if (other !== part) other.open = false;
    drawPaths([path], true);
  });
  return part;
}

function waysDetail(numbers) {
  const parts = [];
  for (const number of numbers) {
    const way = D.ways.entries[number], paths = pathsOf.get(way.n) || [];
    parts.push(make("h3", {}, `${T("ways_of")}${numbers.length > 1 ? `: ${way.n}` : ""}`));
    if (!paths.length) parts.push(make("p", {}, T("ways_none")));
    parts.push(...paths.map(pathPart));
    const changes = [...new Set(left(paths).flatMap((path) => path.ch || []))];
    if (changes.length) parts.push(make("h3", {}, T("ways_cheapest")), make("ul", { class: "plain" }, ...changes.map((change) => make("li", {}, D.ways.changes[change]))));
  }
  return parts;
}

function chooseWay(number) {
  const way = D.ways.entries[number];
  clear(over);
  fill(back(), make("h2", {}, way.n), make("p", {}, make("span", { class: "chip" }, way.k), make("span", { class: way.s === "found" ? "chip dark" : "chip" }, way.t), way.c ? make("span", { class: "chip" }, T("ways_closed")) : null),
    facts([["vendor", way.v], ["device", way.d], ["ways_method", way.m], ["lands", way.z || T("no_zone")], ["ways_opened", way.o]]),
    ...waysDetail([number]), way.e ? proof(way.e) : null);
  drawPaths(pathsOf.get(way.n) || [], true);
}

function showWays() { if (waysShown.checked) drawPaths(D.ways.paths, false); else clear(pathLayer); }
waysShown.addEventListener("change", showWays);
