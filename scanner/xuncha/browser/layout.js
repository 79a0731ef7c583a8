// Tells where each link stands and whether anybody could see it. In a world of its own.
(() => {
  const limits = LIMITS;
  const view = {width: innerWidth, height: innerHeight};
  const page = document.scrollingElement || document.documentElement;
  const whole = {width: page.scrollWidth, height: page.scrollHeight};
  const before = {x: scrollX, y: scrollY};
  const at = element => {
    const box = element.getBoundingClientRect();
    return {left: box.left + scrollX, top: box.top + scrollY, width: box.width, height: box.height};
  };
  const around = function* (element) {
    for (let one = element; one; one = one.parentElement) yield one;
  };
  const opacity = element => {
    let product = 1;
    for (const one of around(element)) product *= parseFloat(getComputedStyle(one).opacity);
    return product;
  };
  const background = element => {
    for (const one of around(element)) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none") return "image";
      if (!/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor)) return style.backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const clipped = (element, box) => {
    let left = Math.max(box.left, 0), top = Math.max(box.top, 0);
    let right = Math.min(box.left + box.width, whole.width), bottom = Math.min(box.top + box.height, whole.height);
    for (const one of around(element.parentElement)) {
      const style = getComputedStyle(one);
      if (style.overflow === "visible" || one === document.body || one === document.documentElement) continue;
      const edge = at(one);
      if (/hidden|clip/.test(style.overflowX)) {
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.left + edge.width);
      }
      if (/hidden|clip/.test(style.overflowY)) {
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.top + edge.height);
      }
    }
    return right - left < 1 || bottom - top < 1;
  };
  const path = element => {
    const steps = [];
    for (let one = element; one && one !== document.documentElement && steps.length < 12; one = one.parentElement) {
      const name = CSS.escape(one.localName);
      if (one.id) {
        steps.unshift(name + "#" + CSS.escape(one.id));
        break;
      }
      const alike = one.parentElement ? [...one.parentElement.children].indexOf(one) + 1 : 1;
      steps.unshift(one === document.body ? name : name + ":nth-child(" + alike + ")");
    }
    return steps.join(" > ").slice(0, 500);
  };
  const covered = (element, box) => {
    const middle = {x: box.left + box.width / 2, y: box.top + box.height / 2};
    if (middle.x < 0 || middle.x >= view.width || middle.y < 0 || middle.y >= limits.height) return null;
    if (middle.y < scrollY || middle.y >= scrollY + view.height) {
      scrollTo({top: Math.max(0, middle.y - view.height / 2), behavior: "instant"});
    }
    const now = element.getBoundingClientRect();
    const found = document.elementFromPoint(now.left + now.width / 2, now.top + now.height / 2);
    return found ? !(element.contains(found) || found.contains(element)) : null;
  };
  const shown = element => element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const all = document.querySelectorAll("a[href], area[href]");
  const links = [...all].slice(0, limits.links).map(element => {
    const style = getComputedStyle(element), box = at(element), seen = shown(element);
    return {
      url: String(element.href).slice(0, 2000),
      text: (element.innerText || element.textContent || "").trim().slice(0, 200),
      rect: box,
      shown: seen,
      opacity: opacity(element),
      clipped: clipped(element, box),
      covered: seen && box.width >= 1 && box.height >= 1 ? covered(element, box) : null,
      colour: style.color,
      background: background(element),
      font_size: parseFloat(style.fontSize),
      path: path(element),
    };
  });
  scrollTo({left: before.x, top: before.y, behavior: "instant"});
  const frames = [...document.querySelectorAll("iframe, frame")].slice(0, 100).map(element => {
    const box = at(element);
    const wide = Math.min(box.left + box.width, view.width) - Math.max(box.left, 0);
    const high = Math.min(box.top + box.height, view.height) - Math.max(box.top, 0);
    const part = Math.max(wide, 0) * Math.max(high, 0) / (view.width * view.height);
    return {url: String(element.src).slice(0, 2000), rect: box, shown: shown(element), covers: part};
  });
  return {width: whole.width, height: whole.height, links, frames, complete: all.length <= limits.links};
})()
