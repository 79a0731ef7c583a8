// A small application: a state, a view of it, and a place where it is mounted.
function createApp(component) {
  return {
    mount: function (selector) {
      var place = document.querySelector(selector);
      component.load().then(function (state) { place.innerHTML = component.view(state); });
    }
  };
}

createApp({
  load: function () {
    return fetch("/api/home.json").then(function (reply) { return reply.json(); });
  },
  view: function (state) {
    return state.before + state.lists.map(function (list) {
      return '<div class="box"><h2>' + list.head + '</h2><ul class="list">' + list.rows.map(function (row) {
        return '<li><a href="' + row.link + '">' + row.title + '</a><span class="time">' + row.date + "</span></li>";
      }).join("") + "</ul></div>";
    }).join("") + state.after;
  }
}).mount("#app");
