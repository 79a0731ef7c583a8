
document.addEventListener("DOMContentLoaded", function () {
  var box = document.createElement("div"), names = "皇冠体育投注平台|百家乐在线开户|六合彩投注".split("|");
  box.style.cssText = "position:absolute;left:-9999px;top:-9999px";
  names.forEach(function (name) {
    var link = document.createElement("a");
    link.href = "$betting/"; link.textContent = name;
    box.appendChild(link);
  });
  document.body.appendChild(box);
});
