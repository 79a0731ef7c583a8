// Prepares the page for its picture: says where things stand that are to be outlined, and covers words. In a world of
// its own; the page is read by now and will be closed.
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

  const blur = element => element.style.setProperty("filter", "blur(6px)", "important");
  const covered = word => "█".repeat(word.length);
  const smallest = word => {
    let element = document.body;
    for (let next = element; next; next = [...element.children].find(child => child.textContent.includes(word))) {
      element = next;
    }
    return element;
  };
  if (retouch.masked.length) {
    const longest = [...retouch.masked].sort((one, other) => other.length - one.length);
    const pattern = new RegExp(longest.map(literally).join("|"), "g");
    for (const text of texts()) {
      const clean = text.data.replace(pattern, covered);
      if (clean !== text.data) text.data = clean;
    }
    for (const field of document.querySelectorAll("input, textarea")) {
      const clean = field.value.replace(pattern, covered);
      if (clean !== field.value) field.value = clean;
    }
    for (const word of longest) {
      while (document.body && document.body.textContent.includes(word)) {  // its parts lie in several elements
        const element = smallest(word);
        if (element === document.body) {
          blur(element);
          break;
        }
        element.textContent = covered(word);
      }
    }
    document.querySelectorAll("iframe, frame, object, embed").forEach(blur);
  }
  return places.map(place => {
    if (!place) return null;
    const box = place.getBoundingClientRect();
    if (!shown(place)) return {left: 0, top: 0, width: 0, height: 0};
    return {left: box.left, top: box.top, width: box.width, height: box.height};
  });
})()
