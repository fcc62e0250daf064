// Fields left empty stay out of the address, so that a filtered page's link is short.
document.addEventListener("htmx:config:request", (event) => {
  const { request, sourceElement } = event.detail.ctx;
  if (request.method !== "GET" || !sourceElement.matches("form")) return;
  for (const [name, value] of [...request.body.entries()]) {
    if (value === "") request.body.delete(name);
  }
});

// What cannot be answered is shown as the page that it is, not inside of this one.
document.addEventListener("htmx:response:error", (event) => {
  const { request, sourceElement } = event.detail.ctx;
  if (sourceElement.hasAttribute("hx-push-url")) location.assign(request.action);
});
