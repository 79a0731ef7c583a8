// Tells where each link stands and whether anybody could see it. In a world of its own. What is inherited from around
// an element is worked out once for each of them, so that deep pages cost no more than long ones.
(() => {
  const limits = LIMITS;
  const view = {width: innerWidth, height: innerHeight};
  const page = document.scrollingElement || document.documentElement;
  const whole = {width: page.scrollWidth, height: page.scrollHeight};
  const before = {x: scrollX, y: scrollY};
  const MOST_ROOTS = 200, MOST_ABOVE = 60, MOST_STEPS = 12, LEAST = 2;
  const WHITE = "rgb(255, 255, 255)", IMAGE = "image";

  // Documents: the page's own, and those that it writes into frames, which have no address of their own.
  const places = new Map([[document, {shown: true, opacity: 1, moving: false, left: scrollX, top: scrollY,
    edges: {left: 0, top: 0, right: whole.width, bottom: whole.height, by: ""}}]]);
  const at = (element, box) => {
    const place = places.get(element.ownerDocument);
    return {left: box.left + place.left, top: box.top + place.top, width: box.width, height: box.height};
  };
  const around = one =>
    one.assignedSlot || one.parentElement || (one.parentNode instanceof ShadowRoot ? one.parentNode.host : null);

  const meet = (one, other, by) => {
    const found = {
      left: Math.max(one.left, other.left), top: Math.max(one.top, other.top),
      right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom), by: one.by,
    };
    if (!found.by && empty(found)) found.by = by;
    return found;
  };
  const empty = edges => edges.right - edges.left < LEAST || edges.bottom - edges.top < LEAST;
  const edgesOf = box => ({left: box.left, top: box.top, right: box.left + box.width, bottom: box.top + box.height});
  const length = (text, whole) => parseFloat(text) * (text.endsWith("%") ? whole / 100 : 1) || 0;

  // What clip and clip-path leave of a box, as far as they are plain; null where nobody knows.
  const carved = (style, box) => {
    const edges = edgesOf(box), path = style.clipPath;
    const old = /^rect\((.*)\)$/.exec(style.clip);
    if (old && /absolute|fixed/.test(style.position)) {
      const [top, right, bottom, left] = old[1].split(/[\s,]+/).map(one => one === "auto" ? null : parseFloat(one));
      if (top !== null && bottom !== null) edges.bottom = Math.min(edges.bottom, box.top + bottom);
      if (top !== null) edges.top += top;
      if (left !== null && right !== null) edges.right = Math.min(edges.right, box.left + right);
      if (left !== null) edges.left += left;
    }
    if (!path || path === "none") return edges;
    const inset = /^inset\(([^()]*?)(?: round .*)?\)$/.exec(path);
    if (inset) {
      const [top, right = top, bottom = top, left = right] = inset[1].trim().split(/\s+/);
      return {left: edges.left + length(left, box.width), top: edges.top + length(top, box.height),
        right: edges.right - length(right, box.width), bottom: edges.bottom - length(bottom, box.height)};
    }
    const round = /^(?:circle|ellipse)\((\S+?)(?: |\))/.exec(path);
    if (round) return parseFloat(round[1]) < 1 ? {...edges, right: edges.left} : edges;
    const polygon = /^polygon\((?:\w+, )?([^()]*)\)$/.exec(path);
    if (!polygon) return null;
    const points = polygon[1].split(",").map(one => one.trim().split(/\s+/));
    const xs = points.map(one => box.left + length(one[0], box.width));
    const ys = points.map(one => box.top + length(one[1] || "0", box.height));
    return {left: Math.max(edges.left, Math.min(...xs)), top: Math.max(edges.top, Math.min(...ys)),
      right: Math.min(edges.right, Math.max(...xs)), bottom: Math.min(edges.bottom, Math.max(...ys))};
  };

  // What becomes of everything within an element: how much shines through, which edges leave nothing beyond them.
  const moved = new Set(document.getAnimations().map(one => one.effect && one.effect.target));
  const holdsAll = style =>
    [style.transform, style.perspective, style.filter, style.translate, style.scale, style.rotate]
      .some(one => one && one !== "none") ||
    /paint|layout|strict|content/.test(style.contain) || /transform|filter/.test(style.willChange) ||
    (style.contentVisibility && style.contentVisibility !== "visible");
  const filtered = style => {
    const found = /opacity\(([\d.]+)(%?)\)/.exec(style.filter);
    return found ? parseFloat(found[1]) / (found[2] ? 100 : 1) : 1;
  };
  const states = new Map();
  const within = (outer, one) => {
    const style = getComputedStyle(one), drawn = style.display && style.display !== "contents";
    let inner = style.position === "fixed" ? outer.fixed : style.position === "absolute" ? outer.absolute : outer.inner;
    const state = {
      opacity: outer.opacity * (style.opacity === "" ? 1 : parseFloat(style.opacity)) * filtered(style),
      moving: outer.moving || moved.has(one) || one.localName === "marquee",
      unsure: outer.unsure || (style.maskImage || "none") !== "none",
      aloof: outer.aloof || /absolute|fixed/.test(style.position),
    };
    let {absolute, fixed} = outer;
    const cut = drawn && ((style.clipPath || "none") !== "none" || /^rect/.test(style.clip));
    if (cut) {
      const edges = carved(style, at(one, one.getBoundingClientRect()));
      if (edges === null) state.unsure = true;
      else [inner, absolute, fixed] = [inner, absolute, fixed].map(each => meet(each, edges, "clip"));
    }
    const lets = style.overflowX === "visible" && style.overflowY === "visible";
    if (drawn && !lets && style.display !== "inline" && !isRoot(one)) inner = through(inner, style, one);
    if (style.position !== "static" || holdsAll(style)) absolute = inner;
    if (holdsAll(style)) fixed = inner;
    return {...state, inner, absolute, fixed};
  };
  const isRoot = one => {
    const root = one.ownerDocument.documentElement;
    return one === root || (one === one.ownerDocument.body && getComputedStyle(root).overflowY === "visible");
  };
  // What a box lets through. What can be scrolled to is not cut off, wherever it lies, as long as the box can be seen.
  const through = (outer, style, one) => {
    const edges = edgesOf(at(one, one.getBoundingClientRect())), far = 1e7;
    const scrolls = (how, size) => /auto|scroll/.test(how) && size >= LEAST;
    const met = meet(outer, {
      left: style.overflowX === "visible" ? -far : edges.left, right: style.overflowX === "visible" ? far : edges.right,
      top: style.overflowY === "visible" ? -far : edges.top, bottom: style.overflowY === "visible" ? far : edges.bottom,
    }, "box");
    if (met.by) return met;
    if (scrolls(style.overflowX, one.clientWidth)) [met.left, met.right] = [edges.left - one.scrollLeft, far];
    if (scrolls(style.overflowY, one.clientHeight)) [met.top, met.bottom] = [edges.top - one.scrollTop, far];
    return met;
  };
  const stateOf = element => {
    const todo = [];
    let one = element;
    for (; one && !states.has(one); one = around(one)) todo.push(one);
    const place = places.get(element.ownerDocument);
    let state = one ? states.get(one) : {
      opacity: place.opacity, moving: place.moving, unsure: false, aloof: false,
      inner: place.edges, absolute: place.edges, fixed: place.edges,
    };
    while (todo.length) states.set(one = todo.pop(), state = within(state, one));
    return state;
  };
  const shown = element =>
    places.get(element.ownerDocument).shown &&
    element.checkVisibility({opacityProperty: true, visibilityProperty: true});

  // Everything that can be clicked, in shadow trees and written frames as well.
  const roots = [document];
  for (let number = 0; number < roots.length && roots.length < MOST_ROOTS; number++) {
    for (const one of roots[number].querySelectorAll("*")) {
      if (one.shadowRoot) roots.push(one.shadowRoot);
      const inner = one.localName === "iframe" && one.contentDocument;
      if (!inner || !/^about:/.test(inner.URL) || !inner.body) continue;
      const box = at(one, one.getBoundingClientRect()), state = stateOf(one);
      const left = box.left + one.clientLeft, top = box.top + one.clientTop;
      const edges = meet(state.inner, {left, top, right: left + one.clientWidth, bottom: top + one.clientHeight}, "box");
      places.set(inner, {shown: shown(one), opacity: state.opacity, moving: state.moving, left, top, edges});
      roots.push(inner);
    }
  }
  const every = roots.flatMap(root => [...root.querySelectorAll("a[href], area[href]")]);
  const href = one => String(one.href.baseVal === undefined ? one.href : new URL(one.href.baseVal, document.baseURI));
  const chosen = every.length <= limits.links ? every : [
    ...every.filter(one => one.host !== location.host), ...every.filter(one => one.host === location.host),
  ].slice(0, limits.links);

  // The element that bears a link's words; the picture that an area lies on.
  const bearerOf = link => {
    if (link.localName === "area") {
      const map = link.closest("map");
      return (map && document.querySelector("img[usemap=" + CSS.escape("#" + map.name) + "]")) || link;
    }
    let one = link;
    for (let step = 0; step < MOST_STEPS && one.childElementCount === 1; step++) {
      const inner = one.firstElementChild;
      if (!inner.textContent.trim() || inner.textContent.trim() !== one.textContent.trim()) break;
      one = inner;
    }
    return one;
  };
  const isPicture = one => /^(img|svg|canvas|video|iframe|object|embed|input|area)$/.test(one.localName);
  const wordsOf = one => {
    const range = one.ownerDocument.createRange();
    range.selectNodeContents(one);
    return range;
  };
  const boxOf = (link, bearer) => {
    const own = bearer.getBoundingClientRect();
    if (isPicture(bearer)) return own;
    const words = wordsOf(bearer).getBoundingClientRect();
    const pictured = [link, bearer].some(one => getComputedStyle(one).backgroundImage !== "none") ||
      link.querySelector("img, svg, canvas, video, input, object");
    if (!pictured) return words.width || words.height ? words : own;
    const left = Math.min(own.left, words.left), top = Math.min(own.top, words.top);
    const right = Math.max(own.right, words.right), bottom = Math.max(own.bottom, words.bottom);
    return own.width && own.height ? own : {left, top, width: right - left, height: bottom - top};
  };
  const cutBy = (box, state) => {
    if (empty(edgesOf(box)) && !state.inner.by) return "";
    const left = meet(edgesOf(box), state.inner, "box");
    if (!left.by) return state.unsure ? "unknown" : "";
    if (state.moving && !empty(state.inner)) return "unknown";
    if (state.inner.by) return state.inner.by;
    const page = {left: 0, top: 0, right: whole.width, bottom: whole.height};
    return empty(meet(edgesOf(box), page, "")) && same(state.inner, page) ? "page" : "box";
  };
  const same = (one, other) => ["left", "top", "right", "bottom"].every(name => one[name] === other[name]);

  // What an element paints: a colour that nothing shines through, a picture (or what may be one), or nothing.
  const paints = one => {
    const style = getComputedStyle(one);
    if (isPicture(one) || style.backgroundImage !== "none") return IMAGE;
    if (/^rgba\(.*, 0\)$|^transparent$|^$/.test(style.backgroundColor)) return "";
    return style.backgroundColor.startsWith("rgb(") ? style.backgroundColor : IMAGE;
  };
  const painted = one => ["::before", "::after"].some(part => {
    const style = getComputedStyle(one, part);
    return style.content !== "none" &&
      (style.backgroundImage !== "none" || !/, 0\)$|^transparent$/.test(style.backgroundColor));
  });
  // A picture that did not come may have been meant to lie beneath.
  const lacking = new Map();
  const lacks = (one, aloof) => {
    if (one === document.documentElement || (one === document.body && !aloof)) return false;
    if (!lacking.has(one)) {
      const pictures = [...one.getElementsByTagName("img")].slice(0, MOST_ABOVE);
      lacking.set(one, pictures.some(each => !each.naturalWidth));
    }
    return lacking.get(one);
  };
  const ground = (stack, bearer) => {
    const found = stack.slice(0, MOST_ABOVE).findIndex(one => paints(one) || painted(one));
    const over = found < 0 ? [...stack] : stack.slice(0, found + 1), aloof = stateOf(bearer).aloof;
    if (over.some(painted) || [...lineage(bearer)].some(one => lacks(one, aloof))) return IMAGE;
    return found < 0 ? WHITE : paints(stack[found]);
  };
  const lineage = function* (element) {
    for (let one = element, step = 0; one && step < MOST_ABOVE; one = around(one), step++) yield one;
  };
  const above = (link, bearer) => {
    const own = wordsOf(bearer).getClientRects()[0] || bearer.getBoundingClientRect();
    const box = {top: own.top, height: own.height, left: own.left, width: own.width};
    const inside = bearer.ownerDocument === document;
    if (inside && (box.top < 0 || box.top + box.height > view.height)) {
      const top = box.top + scrollY + box.height / 2;
      if (top >= limits.height) return null;
      scrollTo({top: Math.max(0, top - view.height / 2), behavior: "instant"});
    }
    const now = inside ? wordsOf(bearer).getClientRects()[0] || bearer.getBoundingClientRect() : own;
    const found = bearer.getRootNode().elementsFromPoint(now.left + now.width / 2, now.top + now.height / 2);
    const mine = found.findIndex(one => link.contains(one) || bearer.contains(one));
    return mine < 0 || mine > MOST_ABOVE ? null : {over: found.slice(0, mine), under: found.slice(mine)};
  };
  const coveredBy = over => {
    let unsure = false;
    for (const one of over) {
      const found = one.localName === "canvas" ? IMAGE : paints(one);
      const opaque = stateOf(one).opacity > .9;
      if (opaque && (/^(img|iframe|video)$/.test(one.localName) || (found && found !== IMAGE))) return true;
      unsure = unsure || Boolean(found);
    }
    return unsure ? null : false;
  };
  const inked = (style, background) =>
    style.textShadow !== "none" || parseFloat(style.webkitTextStrokeWidth) || /text/.test(style.backgroundClip)
      ? IMAGE : background;

  // First all that can be measured without moving anything, then what takes scrolling.
  const links = chosen.map(element => {
    const bearer = bearerOf(element), style = getComputedStyle(bearer), state = stateOf(bearer);
    const drawn = bearer.checkVisibility() && (bearer === element || element.localName === "area" || element.checkVisibility());
    const box = drawn ? at(bearer, boxOf(element, bearer)) : {left: 0, top: 0, width: 0, height: 0};
    const cut = drawn ? cutBy(box, state) : "";
    const seen = shown(bearer) && (bearer === element || element.localName === "area" || shown(element));
    return {element, bearer, style, told: {
      url: href(element).slice(0, 2000),
      text: (element.innerText || element.textContent || element.alt || "").trim().slice(0, 200),
      rect: box,
      shown: seen,
      opacity: state.opacity,
      clipped: Boolean(cut) && cut !== "unknown",
      cut_by: cut,
      covered: null,
      colour: style.webkitTextFillColor || style.color || "",
      background: "",
      font_size: parseFloat(style.fontSize),
      path: "",
    }};
  });
  const numbers = new Map();
  const numberOf = one => {
    const parent = one.parentElement;
    if (!parent) return 1;
    if (!numbers.has(parent)) numbers.set(parent, new Map([...parent.children].map((each, at) => [each, at + 1])));
    return numbers.get(parent).get(one);
  };
  const path = element => {
    if (element.getRootNode() !== document) return "";
    const steps = [];
    for (let one = element; one && one !== document.documentElement && steps.length < 12; one = one.parentElement) {
      const name = CSS.escape(one.localName);
      if (one.id) {
        steps.unshift(name + "#" + CSS.escape(one.id));
        break;
      }
      steps.unshift(one === document.body ? name : name + ":nth-child(" + numberOf(one) + ")");
    }
    return steps.join(" > ").slice(0, 500);
  };
  const everything = new CSSStyleSheet();
  everything.replaceSync("* {pointer-events: auto !important}");
  const sheets = [...document.adoptedStyleSheets];
  document.adoptedStyleSheets = [...sheets, everything];
  for (const {element, bearer, style, told} of links) {
    told.path = path(element);
    const visible = told.shown && !told.clipped && told.rect.width >= 1 && told.rect.height >= 1;
    const stack = visible ? above(element, bearer) : null;
    told.covered = stack && coveredBy(stack.over);
    told.background = inked(style, ground(stack ? stack.under : [...lineage(bearer)], bearer));
  }
  document.adoptedStyleSheets = sheets;
  scrollTo({left: before.x, top: before.y, behavior: "instant"});

  const frames = [...document.querySelectorAll("iframe, frame")].slice(0, 100).map(element => {
    const box = at(element, element.getBoundingClientRect());
    const wide = Math.min(box.left + box.width, view.width) - Math.max(box.left, 0);
    const high = Math.min(box.top + box.height, view.height) - Math.max(box.top, 0);
    const part = Math.max(wide, 0) * Math.max(high, 0) / (view.width * view.height);
    return {url: String(element.src).slice(0, 2000), rect: box, shown: shown(element), covers: part};
  });
  return {
    width: whole.width,
    height: whole.height,
    links: links.map(one => one.told),
    frames,
    complete: every.length <= limits.links && roots.length < MOST_ROOTS,
  };
})()
