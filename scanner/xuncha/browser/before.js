// Runs before the page's own scripts and as one of them: tells of those that go wrong, and that there is a network
// (there is: we are it).
(() => {
  const tell = dispatchEvent.bind(globalThis), Told = CustomEvent;
  let left = 20;
  addEventListener("error", event => {
    if (!event.message || left-- <= 0) return;
    const where = event.filename ? " (" + String(event.filename).slice(0, 200) + ":" + event.lineno + ")" : "";
    tell(new Told("xuncha-failure", {detail: String(event.message).slice(0, 300) + where}));
  }, true);
  Object.defineProperty(Navigator.prototype, "onLine", {get: () => true, configurable: true});
})();
