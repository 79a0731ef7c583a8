// Runs before the page's own scripts and as one of them: tells of those that go wrong, dismisses dialogs before they
// hold the page, and says that there is a network (there is: we are it).
(() => {
  const send = dispatchEvent.bind(globalThis), Told = CustomEvent;
  const told = {failure: 0, dialog: 0};
  const tell = (kind, detail) => {
    if (told[kind]++ < 20) send(new Told("xuncha-" + kind, {detail}));
  };
  addEventListener("error", event => {
    if (!event.message) return;
    const where = event.filename ? " (" + String(event.filename).slice(0, 200) + ":" + event.lineno + ")" : "";
    tell("failure", String(event.message).slice(0, 300) + where);
  }, true);
  for (const [name, answer] of [["alert", undefined], ["confirm", false], ["prompt", null]]) {
    globalThis[name] = () => {
      tell("dialog", name);
      return answer;
    };
  }
  Object.defineProperty(Navigator.prototype, "onLine", {get: () => true, configurable: true});
})();
