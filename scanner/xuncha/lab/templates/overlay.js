
document.addEventListener("DOMContentLoaded", function () {
  if (location.pathname !== "/") { return; }
  var box = document.createElement("div");
  box.style.cssText = "position:fixed;inset:0;z-index:99999;background:#000;color:#0f0;font:bold 48px monospace;" +
    "display:flex;align-items:center;justify-content:center";
  box.textContent = "Hacked " + "by " + "Nobody & Friends";
  document.body.append(box);
});
