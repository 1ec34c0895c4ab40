"use strict";
// Where the drawing stands on the screen: move, zoom, fit. One transform; nothing is laid out anew.
const stage = document.getElementById("stage");
const canvas = document.getElementById("canvas");
const svg = canvas.querySelector("svg");
const SIZE = svg.viewBox.baseVal;
const view = { x: 0, y: 0, k: 1, least: 0.1, most: 16 };
let resting = 0, wanted = 0;
svg.setAttribute("width", SIZE.width);
svg.setAttribute("height", SIZE.height);

const FAR = 0.58;

function apply() {
  wanted = 0;
  canvas.style.transform = `translate(${view.x}px,${view.y}px) scale(${view.k})`;
}

// While it moves the picture is a layer of its own; when it rests it is drawn sharp, and what is near gets its names.
function move() {
  if (!wanted) wanted = requestAnimationFrame(apply);
  stage.classList.add("moving");
  clearTimeout(resting);
  resting = setTimeout(rest, 160);
}

function rest() {
  stage.classList.remove("moving");
  // From far away only the names of rooms can be read: they are large then, and the others are not drawn.
  svg.classList.toggle("far", view.k < FAR);
  stage.dispatchEvent(new Event("rest"));
}

function clamp(value, low, high) { return Math.min(Math.max(value, low), high); }

function zoomAt(x, y, factor) {
  const k = clamp(view.k * factor, view.least, view.most);
  view.x = x - (x - view.x) * k / view.k;
  view.y = y - (y - view.y) * k / view.k;
  view.k = k;
  keepInside();
  move();
}

// At least a fifth of the stage always shows the drawing.
function keepInside() {
  const wide = stage.clientWidth, high = stage.clientHeight;
  view.x = clamp(view.x, wide * 0.2 - SIZE.width * view.k, wide * 0.8);
  view.y = clamp(view.y, high * 0.2 - SIZE.height * view.k, high * 0.8);
}

function fit() {
  const wide = stage.clientWidth, high = stage.clientHeight;
  const whole = Math.min(wide / SIZE.width, high / SIZE.height);
  view.least = whole * 0.6;
  // On a narrow screen the whole would be too small to read: its height then fills the stage.
  view.k = wide < 600 ? Math.max(whole, high / SIZE.height) : whole;
  view.x = wide < 600 ? 0 : (wide - SIZE.width * view.k) / 2;
  view.y = Math.max(0, (high - SIZE.height * view.k) / 2);
  move();
}

function show(box, share) {
  const wide = stage.clientWidth, high = stage.clientHeight;
  view.k = clamp(Math.min(wide * share / box.w, high * share / box.h), view.least, view.most);
  view.x = wide / 2 - (box.x + box.w / 2) * view.k;
  view.y = high / 2 - (box.y + box.h / 2) * view.k;
  move();
}

// Bring a place into sight without zooming out.
function reveal(box) {
  const x = (box.x + box.w / 2) * view.k + view.x, y = (box.y + box.h / 2) * view.k + view.y;
  if (x < 40 || y < 40 || x > stage.clientWidth - 40 || y > stage.clientHeight - 40 || view.k < 1.1) {
    const least = Math.max(view.k, 1.4);
    view.k = clamp(least, view.least, view.most);
    view.x = stage.clientWidth / 2 - (box.x + box.w / 2) * view.k;
    view.y = stage.clientHeight / 2 - (box.y + box.h / 2) * view.k;
    move();
  }
}

function toDrawing(event) {
  const box = stage.getBoundingClientRect();
  return { x: (event.clientX - box.left - view.x) / view.k, y: (event.clientY - box.top - view.y) / view.k };
}

const fingers = new Map();
let dragged = false;
stage.addEventListener("pointerdown", (event) => {
  if (event.button > 0) return;
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  dragged = false;
});
window.addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const dx = event.clientX - before.x, dy = event.clientY - before.y;
  if (!dragged && Math.hypot(dx, dy) < 4) return;
  dragged = true;
  stage.classList.add("dragging");
  if (fingers.size === 1) { view.x += dx; view.y += dy; keepInside(); move(); }
  else if (fingers.size === 2) {
    const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
    const box = stage.getBoundingClientRect();
    const was = Math.hypot(before.x - other.x, before.y - other.y), is = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    zoomAt((event.clientX + other.x) / 2 - box.left, (event.clientY + other.y) / 2 - box.top, is / Math.max(was, 1));
  }
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
});
for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, (event) => {
  fingers.delete(event.pointerId);
  if (!fingers.size) stage.classList.remove("dragging");
});
stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = stage.getBoundingClientRect();
  const step = event.deltaMode === 1 ? 30 : 1;
  zoomAt(event.clientX - box.left, event.clientY - box.top, Math.exp(-clamp(event.deltaY * step, -120, 120) * 0.0022));
}, { passive: false });
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => {
  if (button.dataset.zoom === "fit") fit();
  else zoomAt(stage.clientWidth / 2, stage.clientHeight / 2, button.dataset.zoom === "in" ? 1.5 : 1 / 1.5);
});
stage.addEventListener("keydown", (event) => {
  const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  if (steps[event.key]) { view.x += steps[event.key][0]; view.y += steps[event.key][1]; keepInside(); move(); }
  else if (event.key === "+" || event.key === ";") zoomAt(stage.clientWidth / 2, stage.clientHeight / 2, 1.4);
  else if (event.key === "-") zoomAt(stage.clientWidth / 2, stage.clientHeight / 2, 1 / 1.4);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
});
window.addEventListener("resize", fit);
