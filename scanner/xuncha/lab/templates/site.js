// What every page uses. Places are found by "#name"; fragments are loaded into them, lists drawn from data.
(function () {
  function place(selector) { return document.querySelector(selector); }
  function text(address) { return fetch(address).then(function (reply) { return reply.text(); }); }

  window.$ = function (what) {
    if (typeof what === "function") {
      if (document.readyState !== "loading") { what(); } else { document.addEventListener("DOMContentLoaded", what); }
      return undefined;
    }
    return {
      html: function (markup) { place(what).innerHTML = markup; },
      append: function (markup) { place(what).insertAdjacentHTML("beforeend", markup); },
      load: function (address) { text(address).then(this.html); },
      jpage: function (options) {
        var html = this.html;
        var address = options.proxyUrl + "&startrecord=1&endrecord=" + options.perPage + "&perpage=" + options.perPage;
        text(address).then(function (answer) {
          var records = new DOMParser().parseFromString(answer, "text/xml").querySelectorAll("record");
          var rows = Array.from(records, function (record) { return record.textContent; });
          html(options.dataBefore + rows.join("") + options.dataAfter);
        });
      }
    };
  };

  $.each = function (rows, use) { rows.forEach(function (row, index) { use(index, row); }); };
  $.getJSON = function (address, use) { text(address).then(function (answer) { use(JSON.parse(answer)); }); };
})();

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
