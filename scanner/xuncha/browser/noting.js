// Runs before the page's own scripts in a world of its own: keeps what before.js tells, or the page in its name.
globalThis.xunchaFailures = [];
globalThis.xunchaDialogs = 0;
addEventListener("xuncha-failure", event => {
  if (globalThis.xunchaFailures.length < 20) globalThis.xunchaFailures.push(String(event.detail).slice(0, 600));
}, true);
addEventListener("xuncha-dialog", () => {
  globalThis.xunchaDialogs++;
}, true);
