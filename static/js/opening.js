// A cell that is open closes on a second click, or by its Close button; focus goes back to the cell.
const cells = (row) => row.querySelectorAll("a.cell[aria-expanded]");

function mark(target, open) {
  const row = target.closest("tr").previousElementSibling;
  for (const cell of cells(row)) cell.setAttribute("aria-expanded", String(cell === open));
}

function close(target) {
  const open = target.closest("tr").previousElementSibling.querySelector('a.cell[aria-expanded="true"]');
  target.replaceChildren();
  mark(target, null);
  open?.focus();
}

document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement, target } = event.detail.ctx;
  if (!sourceElement.matches("a.cell")) return;
  if (sourceElement.getAttribute("aria-expanded") === "true") {
    event.preventDefault();
    close(target);
  }
});

document.addEventListener("htmx:after:swap", (event) => {
  const { sourceElement, target } = event.detail.ctx;
  if (!sourceElement.matches("a.cell")) return;
  mark(target, sourceElement);
  const button = target.querySelector("[data-close]");
  button.hidden = false;
  button.addEventListener("click", () => close(target));
});

document.addEventListener("keydown", (event) => {
  const target = event.target.closest?.(".compare-story td");
  if (event.key === "Escape" && target) close(target);
});
