
document.addEventListener("DOMContentLoaded", function () {
  if (location.pathname !== "/") { return; }
  document.body.innerHTML = '<div style="position:fixed;inset:0;background:#000"><img src="/images/left.png" ' +
    'style="width:100%;height:100%" alt=""></div>';
});
