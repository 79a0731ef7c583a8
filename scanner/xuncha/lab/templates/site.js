// What every page uses: fragments loaded into a place, and lists drawn from data.
window.$ = function (selector) {
  return {
    load: function (address) {
      fetch(address).then(function (reply) { return reply.text(); }).then(function (text) {
        document.querySelector(selector).innerHTML = text;
      });
    }
  };
};

function drawList(place) {
  fetch(place.getAttribute("data-source")).then(function (reply) { return reply.json(); }).then(function (rows) {
    rows.forEach(function (row) {
      var item = document.createElement("li"), link = document.createElement("a"), time = document.createElement("span");
      link.href = row.link; link.textContent = row.title;
      time.className = "time"; time.textContent = row.date;
      item.append(link, time);
      place.append(item);
    });
  });
}

function drawFooter(place) {
  fetch(place.getAttribute("data-footer")).then(function (reply) { return reply.json(); }).then(function (data) {
    place.innerHTML = data.markup;
  });
}

document.addEventListener("DOMContentLoaded", function () {
  document.querySelectorAll("[data-source]").forEach(drawList);
  document.querySelectorAll("[data-footer]").forEach(drawFooter);
});
