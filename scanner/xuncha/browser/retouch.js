// Prepares the page for its picture: outlines elements, covers words, blurs. In a world of its own; the page is read by
// now and will be closed.
(() => {
  const retouch = RETOUCH;
  const find = path => {
    try {
      return document.querySelector(path);
    } catch {
      return null;
    }
  };
  const texts = () => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const blur = element => element.style.setProperty("filter", "blur(6px)", "important");
  const smallest = word => {
    let element = document.body;
    for (let next = element; next; next = [...element.children].find(child => child.textContent.includes(word))) {
      element = next;
    }
    return element;
  };
  for (const word of retouch.masked) {
    for (const text of texts()) {
      if (text.data.includes(word)) text.data = text.data.replaceAll(word, "█".repeat(word.length));
    }
    for (const field of document.querySelectorAll("input, textarea")) {
      if (field.value.includes(word)) field.value = field.value.replaceAll(word, "█".repeat(word.length));
    }
    while (document.body && document.body.textContent.includes(word)) {  // its parts lie in several elements
      const element = smallest(word);
      if (element === document.body) {
        blur(element);
        break;
      }
      element.textContent = "█".repeat(word.length);
    }
  }
  if (retouch.masked.length) document.querySelectorAll("iframe, frame, object, embed").forEach(blur);
  if (retouch.blurred) blur(document.documentElement);
  const outlined = retouch.outlined.map(find).filter(Boolean);
  for (const element of outlined) {
    const box = element.getBoundingClientRect(), frame = document.createElement("div");
    frame.style.cssText = "all:initial;position:absolute;z-index:2147483647;pointer-events:none;" +
      "border:3px solid #d00;box-sizing:border-box;left:" + (box.left + scrollX - 5) + "px;top:" +
      (box.top + scrollY - 5) + "px;width:" + (box.width + 10) + "px;height:" + (box.height + 10) + "px";
    document.documentElement.append(frame);
  }
  return outlined.length;
})()
