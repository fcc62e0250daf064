// A quote and its record light up together; files can be dropped on the form. Without this file links still lead there.
const lit = new Set();

function keysOf(element) {
  return new Set((element.dataset.citations ?? "").split(" ").filter(Boolean));
}

function light(keys, kind) {
  for (const element of document.querySelectorAll("[data-citations]")) {
    const touched = [...keysOf(element)].some((key) => keys.has(key));
    element.classList.toggle(kind, touched);
  }
}

function around(event) {
  return event.target instanceof Element ? event.target.closest("[data-citations]") : null;
}

for (const [start, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(start, (event) => {
    const element = around(event);
    if (element) light(keysOf(element), "lit");
  });
  document.addEventListener(end, (event) => {
    if (around(event)) light(lit, "lit");
  });
}

// A quote cut in pieces by others has its id on the first alone, and a record may rest on several: mark them all.
function aim() {
  const key = location.hash.match(/^#citation-(\d+)$/)?.[1];
  const card = /^#find-\d+$/.test(location.hash) ? document.querySelector(location.hash) : null;
  light(card ? keysOf(card) : new Set(key ? [key] : []), "aimed");
}

window.addEventListener("hashchange", aim);
document.addEventListener("htmx:after:swap", aim);
aim();

for (const zone of document.querySelectorAll(".drop-zone")) {
  const input = zone.querySelector("input[type=file]");
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("dropping");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("dropping"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("dropping");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
