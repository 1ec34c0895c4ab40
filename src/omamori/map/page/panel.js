// The panel: first where to look, then what was found of the one that is chosen, with its evidence.
const panel = document.getElementById("panel");

function fill(...children) {
  panel.replaceChildren(...children.filter(Boolean));
  panel.scrollTop = 0;
}

function row(number) {
  const m = D.machines[number];
  const state = m.c ? SEVERITIES.filter((_, place) => m.c[place]).slice(0, 2).map((code) => `${D.severities[code]} ${m.c[SEVERITIES.indexOf(code)]}`).join(" ") : "";
  return make("li", {}, make("button", { class: "row", type: "button", click: () => choose(number, true) }, sign("m-" + m.m), make("b", {}, m.n), make("small", {}, state)));
}

function list(numbers, most) {
  const shown = make("ul", {});
  for (const number of numbers.slice(0, most)) shown.append(row(number));
  if (numbers.length > most) shown.append(make("li", {}, make("button", { class: "row", type: "button", click: (event) => {
    event.currentTarget.parentElement.remove();
    for (const number of numbers.slice(most)) shown.append(row(number));
  } }, make("b", {}, `+${numbers.length - most}`))));
  return shown;
}

function byWorst(a, b) { return RANK[D.machines[a].m] - RANK[D.machines[b].m] || (D.machines[b].i || 0) - (D.machines[a].i || 0) || (D.machines[a].n < D.machines[b].n ? -1 : 1); }

function overview() {
  const all = D.machines.map((_, number) => number);
  const grave = all.filter((number) => D.machines[number].m === "critical").sort(byWorst);
  const undeclared = all.filter((number) => D.machines[number].u).sort(byWorst);
  const doors = make("ul", {});
  D.entries.map((entry, number) => [RANK[entry.m] - (entry.dc ? 0 : 9), number]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).forEach(([, number]) => {
    const entry = D.entries[number];
    doors.append(make("li", {}, make("button", { class: "row", type: "button", click: () => chooseEntry(number, true) }, sign(entry.dc ? "m-" + entry.m : "i-door"), make("b", {}, entry.n), make("small", {}, entry.v || entry.k || ""))));
  });
  fill(make("h2", {}, T("start")), ...waysPart(), make("h3", {}, T("doors")), doors,
    make("h3", {}, `${T("grave")} ${grave.length || ""}`), grave.length ? list(grave, 12) : make("p", {}, T("nothing_grave")),
    undeclared.length ? make("h3", {}, `${T("undeclared")} ${undeclared.length}`) : null, undeclared.length ? list(undeclared, 8) : null);
}

function back() { return make("button", { class: "back", type: "button", click: () => choose(null) }, "← " + T("back")); }

function facts(pairs) {
  const shown = make("dl", {});
  for (const [key, value] of pairs) if (value) shown.append(make("dt", {}, T(key)), make("dd", {}, value));
  return shown;
}

function proof(reference) {
  if (!reference) return null;
  const line = D.lines[reference];
  const where = line ? [line[0], line[1]].filter(Boolean).join("  ") : reference;
  return make("div", { class: "proof" }, `${T("evidence")}: ${where}`, line && line[2] ? make("code", {}, line[2]) : null);
}

function findings(subject, looked) {
  const total = (subject.c || []).reduce((sum, count) => sum + count, 0);
  const parts = [make("h3", {}, `${T("found")} ${total || ""}`)];
  if (subject.c) parts.push(make("p", {}, ...SEVERITIES.map((code, place) => subject.c[place] ? make("span", { class: "chip" }, sign("m-" + code, 12), `${D.severities[code]} ${subject.c[place]}`) : "")));
  for (const [severity, message, reference] of subject.f || []) parts.push(make("div", { class: "finding" }, make("p", {}, sign("m-" + SEVERITIES[severity]), make("span", {}, message)), proof(reference)));
  const told = (subject.f || []).length;
  if (total > told) parts.push(make("p", {}, T("found_more", { n: total - told })));
  if (!total) parts.push(make("p", {}, T(looked ? "found_none" : "not_looked")));
  if (subject.un) parts.push(make("p", {}, `${T("unknown")}: ${subject.un}`));
  if (subject.ac) parts.push(make("p", {}, `${T("accepted")}: ${subject.ac}`));
  return parts;
}

function name(end) { return typeof end === "number" ? D.machines[end].n : end; }

function talks(number) {
  const held = talksOf.get(number) || [];
  if (!held.length) return [];
  const shown = make("ul", {});
  for (const [client, server, ports, judged, outside] of held) {
    const other = client === number ? server : client;
    const told = [client === number ? "→" : "←", " ", make("b", {}, name(other)), make("small", {}, [ports, outside ? T("outside") : "", judged === 2 ? T("not_designed") : ""].filter(Boolean).join(" · "))];
    shown.append(make("li", {}, typeof other === "number" ? make("button", { class: "row", type: "button", click: () => choose(other, true) }, ...told) : make("div", { class: "row" }, ...told)));
  }
  return [make("h3", {}, `${T("talks_of")} ${held.length}`), shown];
}

function tellMachine(number) {
  const m = D.machines[number];
  const chips = [m.i && make("span", { class: "chip care" }, T("important")), m.u && make("span", { class: "chip dark" }, m.s ? T("stranger", { by: m.s }) : T("tag_undeclared")), m.g && make("span", { class: "chip" }, T("ghost")), m.o && make("span", { class: "chip" }, T("hands_off")), m.ch && make("span", { class: "chip" }, m.ch), ...(m.do || []).map((door) => make("span", { class: "chip dark" }, door))];
  const differs = (m.dv || []).map(([kind, item, reference]) => make("div", { class: "finding" }, make("p", {}, `${kind}: ${item}`), proof(reference)));
  fill(back(), make("h2", {}, m.n), make("p", {}, ...chips.filter(Boolean)),
    facts([["kind", (D.kinds[m.k] || m.k) + (m.p ? ` (${T("probably")})` : "")], ["zone", m.z || T("no_zone")], ["address", (m.a || []).join(" ")], ["hostname", m.h], ["system", m.os], ["maker", m.mk], ["purpose", m.pu], ["place", m.pl], ["vendor", m.v], ["services", (m.sv || []).join("、")], ["last_seen", m.t]]),
    ...findings(m, m.ob), differs.length ? make("h3", {}, T("deviations")) : null, ...differs, ...talks(number),
    m.e && !(m.f || []).length ? proof(m.e) : null);
}

function tellEntry(number) {
  const entry = D.entries[number];
  const said = (value) => value && (value === "yes" || value === "no" ? T(value) : value === "unknown" ? T("no_zone") : value);
  fill(back(), make("h2", {}, entry.n), make("p", {}, make("span", { class: "chip" }, entry.k || ""), entry.dc ? make("span", { class: "chip" }, T(entry.sn ? "seen_line" : "declared_line")) : make("span", { class: "chip dark" }, T("tag_undeclared"))),
    facts([["vendor", entry.v], ["purpose", entry.pu], [entry.dc ? "device" : "door_product", entry.d], ["address", entry.a], ["lands", (entry.r || []).join("、") || T("no_zone")], ["always_open", said(entry.ao)], ["source_restricted", said(entry.sr)], ["two_factor", said(entry.tf)], ["last_used", entry.lu]]),
    ...(entry.ls ? [list([], 0), make("p", {}, entry.ls.join("、"))] : []),
    ...(entry.ms ? [make("h3", {}, T("group", { n: entry.ms.length })), list([...entry.ms].sort(byWorst), 40)] : findings(entry, entry.c)),
    entry.e ? proof(entry.e) : null, entry.dm === undefined ? null : list([entry.dm], 1),
    ...((entry.w || []).length === 1 ? waysDetail(entry.w) : []), (entry.w || []).length > 1 ? make("h3", {}, T("ways_head")) : null, (entry.w || []).length > 1 ? make("ul", {}, ...entry.w.map(wayRow)) : null);
}

function tellGroup(group) {
  const kind = D.machines[group.machines[0]].k;
  fill(back(), make("h2", {}, `${D.kinds[kind] || kind} ${T("group", { n: group.machines.length })}`), list([...group.machines], 150));
}

function tellRoom(key) {
  const zone = D.zones[key] || { n: T("no_zone") };
  const numbers = D.machines.map((_, number) => number).filter((number) => inRoom(number) === key).sort(byWorst);
  const pairs = D.rooms.filter(([from, to]) => from === key || to === key);
  const shown = make("ul", {});
  for (const [from, to, count, not] of pairs) {
    const other = from === key ? to : from;
    shown.append(make("li", {}, make("button", { class: "row", type: "button", click: () => chooseRoom(other) }, from === key ? "→" : "←", make("b", {}, (D.zones[other] || { n: T("no_zone") }).n), make("small", {}, T("pairs", { n: count }) + (not ? " · " + T("not_designed") : "")))));
  }
  const looked = numbers.filter((number) => D.machines[number].ob).length;
  fill(back(), make("h2", {}, zone.n), facts([["kind", zone.k], ["networks", zone.nw], ["internet", zone.in && T(zone.in)], ["looked", `${looked} / ${numbers.filter((number) => !D.machines[number].s).length}`], ["inside_talks", zone.t && T("pairs", { n: zone.t })]]),
    ...(zone.c ? findings(zone, true) : []), pairs.length ? make("h3", {}, T("room_talks")) : null, pairs.length ? shown : null, make("h3", {}, `${T("machines")} ${numbers.length}`), list(numbers, 60));
}

function inRoom(number) {
  const place = places.get(number);
  const room = place && place.element.closest(".m-zone");
  return room ? room.dataset.zone : undefined;
}
