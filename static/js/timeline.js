// The drawn timeline opens at its newest end, where the list below begins too.
function showNewest(root) {
  for (const strip of root.querySelectorAll(".strip-scroll")) strip.scrollLeft = strip.scrollWidth;
}

showNewest(document);
document.addEventListener("htmx:after:swap", () => showNewest(document));
