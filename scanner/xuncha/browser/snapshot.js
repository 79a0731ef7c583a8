// Reads out the page. In a world of its own: what the page did to its prototypes is not seen here.
(() => {
  const limits = LIMITS;
  const root = document.documentElement;
  const nodes = document.getElementsByTagName("*").length;
  if (!root || nodes > limits.nodes) return {url: location.href, nodes};
  const type = document.doctype;
  const html = (type ? "<!DOCTYPE " + type.name + ">\n" : "") + root.outerHTML;
  const text = document.body && document.body.innerText || "";
  return {
    url: location.href,
    nodes,
    html: html.slice(0, limits.characters),
    cut: html.length > limits.characters,
    text: text.slice(0, limits.characters),
    failures: globalThis.xunchaFailures || [],
    dialogs: globalThis.xunchaDialogs || 0,
  };
})()
