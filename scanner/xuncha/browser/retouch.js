// Prepares the page for its picture: says where things stand that are to be outlined, and covers words. In a world of
// its own; the page is read by now and will be closed. What it doesn't reach (shadow trees, frames, what styles write)
// is covered on the pixels.
(() => {
  const retouch = RETOUCH;
  const silent = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA"]);
  const texts = () => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const bare = text => text.replace(/\s+/g, "");
  const literally = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // A place is what has a box: an element, or a range of words.
  const shown = place => {
    const box = place.getBoundingClientRect();
    const element = place instanceof Range ? place.commonAncestorContainer : place;
    const visible = (element.nodeType === Node.ELEMENT_NODE ? element : element.parentElement)
      .checkVisibility({opacityProperty: true, visibilityProperty: true});
    const within = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
    return visible && within && box.width >= 1 && box.height >= 1;
  };
  const best = places => places.find(shown) || places[0] || null;
  const element = path => {
    try {
      return document.querySelector(path);
    } catch {
      return null;
    }
  };
  const said = texts().filter(text => text.parentElement && !silent.has(text.parentElement.tagName));
  const ends = [];
  const all = said.reduce((before, text) => (ends.push(before.length + bare(text.data).length), before + bare(text.data)), "");
  const holder = at => {
    let low = 0, high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] > at) high = middle; else low = middle + 1;
    }
    return said[low];
  };
  const words = quote => {
    const pattern = literally(bare(quote)).replaceAll("\\*", "[^]");
    const places = [];
    for (const match of pattern ? all.matchAll(new RegExp(pattern, "gu")) : []) {
      const range = document.createRange();
      range.setStartBefore(holder(match.index));
      range.setEndAfter(holder(match.index + match[0].length - 1));
      if (places.push(range) >= 20) break;
    }
    return best(places);
  };
  const loading = [...document.querySelectorAll("img, iframe, frame, embed, object, video, audio, input[type=image]")];
  const loaded = url => best(loading.filter(one => one.src === url || one.currentSrc === url || one.data === url));
  const places = [...retouch.outlined.map(element), ...retouch.quoted.map(words), ...retouch.loaded.map(loaded)];

  // Covered letter by letter where they stand, so that no node goes and places stay places.
  const covered = word => word.replace(/\S/g, "█");
  const longest = [...retouch.masked].sort((one, other) => other.length - one.length);
  if (longest.length) {
    const pattern = new RegExp(longest.map(word => word.split(/\s+/).map(literally).join("\\s+")).join("|"), "g");
    const written = texts(), starts = [];
    const joined = written.reduce((before, text) => (starts.push(before.length), before + text.data), "");
    const clean = joined.replace(pattern, covered);  // a word's parts may lie in several elements
    written.forEach((text, at) => {
      const now = clean.slice(starts[at], starts[at] + text.data.length);
      if (now !== text.data) text.data = now;
    });
    for (const field of document.querySelectorAll("input, textarea")) {
      const value = field.value.replace(pattern, covered);
      if (value !== field.value) field.value = value;
    }
    for (const element of document.querySelectorAll("[alt], [placeholder], [label], [title]")) {
      for (const name of ["alt", "placeholder", "label", "title"]) {
        const said = element.getAttribute(name) || "", hidden = said.replace(pattern, covered);
        if (hidden !== said) element.setAttribute(name, hidden);
      }
    }
  }
  return places.map(place => {
    if (!place) return null;
    const box = place.getBoundingClientRect();
    if (!shown(place)) return {left: 0, top: 0, width: 0, height: 0};
    return {left: box.left, top: box.top, width: box.width, height: box.height};
  });
})()
