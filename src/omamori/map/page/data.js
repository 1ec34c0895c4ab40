// What is known, and where every machine stands in the drawing.
const D = JSON.parse(document.getElementById("data").textContent);
const NS = "http://www.w3.org/2000/svg";
const T = (key, values) => Object.entries(values || {}).reduce((text, [name, value]) => text.replace(`{${name}}`, value), D.words[key] || key);
const RANK = { critical: 0, high: 1, medium: 2, low: 3, unseen: 4, quiet: 5 };
const SEVERITIES = Object.keys(D.severities);
const places = new Map();
const groups = [];
const zones = new Map();

function boxOf(element) {
  const rect = element.querySelector("rect");
  return { x: rect.x.baseVal.value, y: rect.y.baseVal.value, w: rect.width.baseVal.value, h: rect.height.baseVal.value };
}
for (const element of svg.querySelectorAll(".m-machine")) places.set(Number(element.dataset.m), { ...boxOf(element), element });
for (const element of svg.querySelectorAll(".m-many")) {
  const [x, y, pitch, across] = element.dataset.dots.split(" ").map(Number);
  const group = { element, box: boxOf(element), x, y, pitch, across, machines: element.dataset.many.split(" ").map(Number) };
  groups.push(group);
  group.machines.forEach((number, place) => {
    places.set(number, { x: x + (place % across) * pitch, y: y + Math.floor(place / across) * pitch, w: pitch, h: pitch, element, group });
  });
}
for (const element of svg.querySelectorAll(".m-zone")) zones.set(element.dataset.zone, { ...boxOf(element), element });
const gates = [...svg.querySelectorAll(".m-entry")].filter((element) => element.querySelector("rect"));
D.entries.forEach((entry, number) => {
  if (entry.dm === undefined) return;
  const gate = gates.find((element) => Number(element.dataset.e) === number);
  if (gate && !places.has(entry.dm)) places.set(entry.dm, { ...boxOf(gate), element: gate });
});
const talksOf = new Map();
D.talks.forEach((talk) => { for (const end of talk.slice(0, 2)) if (typeof end === "number") {
  if (!talksOf.has(end)) talksOf.set(end, []);
  talksOf.get(end).push(talk);
} });

// Text from machines becomes text, never markup.
function make(name, options, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(options || {})) {
    if (key === "class") element.className = value;
    else if (key === "click") element.addEventListener("click", value);
    else element.setAttribute(key, value);
  }
  for (const child of children) if (child !== undefined && child !== null && child !== "") element.append(child);
  return element;
}

function draw(name, attributes, parent) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

function sign(name, size) {
  const picture = document.createElementNS(NS, "svg");
  for (const [key, value] of Object.entries({ width: size || 14, height: size || 14, viewBox: "0 0 24 24", "aria-hidden": "true" })) picture.setAttribute(key, value);
  draw("use", { href: "#" + name, width: 24, height: 24 }, picture);
  return picture;
}
