// What is drawn over the picture: the one chosen with its connections, rings about what was found, names of dots when they are near.
const over = draw("g", { class: "m-over" }, svg);
const near = draw("g", {}, svg);
const between = draw("g", {}, svg);
svg.insertBefore(between, over);
const NEAR = 44, MOST_NAMES = 500;

function clear(layer) { while (layer.firstChild) layer.firstChild.remove(); }

// The end of a name tells it apart: what does not fit is cut at its beginning.
function ending(name, room) {
  let used = 0, from = name.length;
  while (from > 0) {
    const wide = name.charCodeAt(from - 1) > 0x2e80 ? 1 : 0.6;
    if (used + wide > room - (from > 1 ? 1 : 0)) break;
    used += wide;
    from -= 1;
  }
  return (from > 0 ? "…" : "") + name.slice(from);
}

// Names of dots, only of those in sight and only when there is room for letters.
function nameDots() {
  clear(near);
  const left = -view.x / view.k, top = -view.y / view.k;
  const right = left + stage.clientWidth / view.k, bottom = top + stage.clientHeight / view.k;
  let told = 0;
  for (const group of groups) {
    if (group.pitch * view.k < NEAR || group.element.classList.contains("m-off")) continue;
    if (group.box.x > right || group.box.x + group.box.w < left || group.box.y > bottom || group.box.y + group.box.h < top) continue;
    const size = Math.min(group.pitch / 5, 11 / view.k);
    for (const number of group.machines) {
      const place = places.get(number);
      if (place.x > right || place.x + place.w < left || place.y > bottom || place.y + place.h < top) continue;
      if (++told > MOST_NAMES) return;
      const text = draw("text", { class: "m-near", x: place.x + place.w / 2, y: place.y + place.h - size * 0.05, "font-size": size }, near);
      text.textContent = ending(D.machines[number].n, group.pitch / size - 0.3);
    }
  }
}
stage.addEventListener("rest", nameDots);

function ring(number, kind, layer) {
  const place = places.get(number);
  if (!place) return;
  const grow = place.group ? 0.4 : 2;
  draw("rect", { class: kind, x: place.x - grow, y: place.y - grow, width: place.w + 2 * grow, height: place.h + 2 * grow, rx: place.group ? 1.5 : 6 }, layer || over);
}

function chosen(number) {
  clear(over);
  const here = places.get(number);
  if (!here) return;
  for (const [client, server, , judged, outside] of talksOf.get(number) || []) {
    const other = client === number ? server : client;
    const there = places.get(other) || (outside ? { x: here.x, y: 6, w: here.w, h: 4 } : null);
    if (!there || there === here) continue;
    const [x1, y1, x2, y2] = [here.x + Math.min(12, here.w / 2), here.y + here.h / 2, there.x + Math.min(12, there.w / 2), there.y + there.h / 2];
    const bend = Math.min(90, Math.hypot(x2 - x1, y2 - y1) * 0.25);
    draw("path", { class: "m-peer" + (judged === 2 ? " m-peer-not" : ""), d: `M${x1} ${y1}Q${(x1 + x2) / 2 + bend} ${(y1 + y2) / 2 - bend} ${x2} ${y2}`, "stroke-width": judged === 2 ? 1.8 : 1.3 }, over);
    draw("circle", { class: "m-peer-end", cx: x2, cy: y2, r: there.group ? 1.2 : 2.6 }, over);
  }
  ring(number, "m-chosen");
}

// Connections between rooms: arcs from head to head, the thicker the more pairs of machines. With a room chosen only its own.
function drawRooms(only) {
  clear(between);
  for (const [from, to, pairs, not] of D.rooms) {
    const a = zones.get(from), b = zones.get(to);
    if (!a || !b || only && only !== from && only !== to) continue;
    const [x1, y1, x2, y2] = [a.x + a.w * 0.5, a.y + 6, b.x + b.w * 0.5, b.y + 6];
    const bend = clamp(Math.hypot(x2 - x1, y2 - y1) * 0.3, 30, 160);
    draw("path", { class: "m-peer" + (not ? " m-peer-not" : ""), d: `M${x1} ${y1}Q${(x1 + x2) / 2 + bend} ${(y1 + y2) / 2 - bend} ${x2} ${y2}`, "stroke-width": 0.8 + Math.log2(1 + pairs) * 0.6 }, between);
    draw("circle", { class: "m-peer-end", cx: x2, cy: y2, r: 3 }, between);
  }
}
