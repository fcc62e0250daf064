// Fields left empty stay out of the address, so that a filtered page's link is short.
document.addEventListener("htmx:config:request", (event) => {
  const { request, sourceElement } = event.detail.ctx;
  if (request.method !== "GET" || !sourceElement.matches("form")) return;
  for (const [name, value] of [...request.body.entries()]) {
    if (value === "") request.body.delete(name);
  }
});
