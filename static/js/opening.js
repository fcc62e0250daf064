// A cell opens in place, one at a time, and is in the address. A second click, Escape or Close closes it.
const openCell = () => document.querySelector('a.cell[aria-expanded="true"]');
const storyOf = (cell) => document.getElementById(cell.getAttribute("aria-controls"));

function close(cell) {
  storyOf(cell).replaceChildren();
  cell.setAttribute("aria-expanded", "false");
  const address = new URL(location.href);
  address.searchParams.delete("open");
  address.hash = "";
  history.replaceState({ htmx: true }, "", address);
  cell.focus();
}

function show(story) {
  const { top } = story.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) story.scrollIntoView({ block: "start" });
}

document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement } = event.detail.ctx;
  if (!sourceElement.matches("a.cell") || sourceElement !== openCell()) return;
  event.preventDefault();
  close(sourceElement);
});

document.addEventListener("htmx:after:swap", (event) => {
  const { sourceElement, target } = event.detail.ctx;
  if (!sourceElement.matches("a.cell")) return;
  for (const cell of document.querySelectorAll('a.cell[aria-expanded="true"]')) {
    cell.setAttribute("aria-expanded", "false");
    if (storyOf(cell) !== target) storyOf(cell).replaceChildren();
  }
  sourceElement.setAttribute("aria-expanded", "true");
  show(target);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]") || !openCell()) return;
  event.preventDefault();
  close(openCell());
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && openCell() && !event.target.matches("select, input")) close(openCell());
});
