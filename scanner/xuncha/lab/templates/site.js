// What every page uses: fragments loaded into a place, and lists drawn from data.
window.$ = function (selector) {
  return {
    jpage: function (options) {
      var address = options.proxyUrl + "&startrecord=1&endrecord=" + options.perPage + "&perpage=" + options.perPage;
      fetch(address).then(function (reply) { return reply.text(); }).then(function (text) {
        var records = new DOMParser().parseFromString(text, "text/xml").querySelectorAll("record");
        var rows = Array.from(records, function (record) { return record.textContent; });
        document.getElementById(selector.slice(1)).innerHTML = options.dataBefore + rows.join("") + options.dataAfter;
      });
    },
    load: function (address) {
      fetch(address).then(function (reply) { return reply.text(); }).then(function (text) {
        document.getElementById(selector.slice(1)).innerHTML = text;
      });
    }
  };
};

function createPageHTML(pages, current, name, ending) {
  for (var number = 0; pages > 1 && number < pages; number++) {
    var address = number ? name + "_" + number + "." + ending : name + "." + ending;
    document.write(number === current ? "<b>" + (number + 1) + "</b> " : '<a href="' + address + '">' + (number + 1) + "</a> ");
  }
}

function doZoom(size) {
  document.querySelector("#zoom, .TRS_Editor").style.fontSize = size + "px";
}

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
