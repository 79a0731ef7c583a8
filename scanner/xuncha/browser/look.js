// Tells which parts of a page may change by themselves: pictures that lead to its own pages, what floats over it; which
// fonts are there; and what stands there in large letters or is written by style sheets. In a world of its own.
(() => {
  const limits = LIMITS;
  const at = element => {
    const box = element.getBoundingClientRect();
    return {left: box.left + scrollX, top: box.top + scrollY, width: box.width, height: box.height};
  };
  const within = (box, width, height) => box.width >= width && box.height >= height && box.top < limits.look;
  const leads = element => {
    const link = element.closest("a[href]");
    if (!link || !/^https?:$/.test(link.protocol) || link.hostname !== location.hostname) return false;
    const home = /^\/(?:index\.\w+)?$/;
    return !home.test(link.pathname) && link.pathname !== location.pathname;
  };
  const slots = [], floats = [];
  for (const element of document.querySelectorAll("img, canvas, video, picture, svg")) {
    if (slots.length >= limits.boxes) break;
    const box = at(element);
    if (within(box, 48, 32) && leads(element)) slots.push({...box, leads: element.closest("a[href]").href.slice(0, 2048)});
  }
  let looked = 0;
  for (const element of document.querySelectorAll("a[href], a[href] *")) {
    if (slots.length >= limits.boxes || ++looked > limits.looked) break;
    const box = at(element);
    if (!within(box, 48, 32) || !leads(element) || !getComputedStyle(element).backgroundImage.includes("url(")) continue;
    slots.push({...box, leads: element.closest("a[href]").href.slice(0, 2048)});
  }
  const written = new Set();
  const note = text => { if (written.size < limits.boxes) written.add(text.slice(0, 200)); };
  const isSeen = style => style.display !== "none" && style.visibility === "visible" && parseFloat(style.opacity) > 0.1
    && parseFloat(style.fontSize) >= 8;
  const isHeadline = element => {
    const link = element.closest("a[href]");
    return link && !(link.hostname === location.hostname && /^\/(?:index\.\w+)?$/.test(link.pathname));
  };
  const inLarge = (element, style) => {
    const words = Array.prototype.filter.call(element.childNodes, one => one.nodeType === 3).map(one => one.data).join("");
    if (!words.trim() || parseFloat(style.fontSize) < 30 || !isSeen(style) || isHeadline(element)) return;
    const box = at(element);
    if (box.width && box.height && box.top < 480 && box.left > -box.width) note(words);
  };
  const byStyle = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const said = style.content.match(/"(?:[^"\\]|\\.)*"/g);
    if (said && isSeen(style)) note(said.map(one => one.slice(1, -1)).join(""));
  };
  const all = document.querySelectorAll("*");
  for (let each = 0; each < all.length && each < limits.looked / 4; each++) {
    const style = getComputedStyle(all[each]);
    if (style.display === "none") continue;
    byStyle(all[each], "::before");
    byStyle(all[each], "::after");
    inLarge(all[each], style);
  }
  const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_ELEMENT);
  for (let seen = 0; walker.nextNode() && seen < limits.looked && floats.length < limits.boxes; seen++) {
    const style = getComputedStyle(walker.currentNode);
    const floating = style.position === "fixed" || (style.position === "absolute" && parseInt(style.zIndex) >= 99);
    if (!floating || style.display === "none" || style.visibility === "hidden") continue;
    const box = at(walker.currentNode);
    if (within(box, 8, 8)) floats.push(box);
  }
  const pen = document.createElement("canvas").getContext("2d");
  const widths = ["sans-serif", "serif", "SimSun", "Microsoft YaHei"].map(name => {
    pen.font = "40px " + name;
    return pen.measureText("政务公开Wgil09").width.toFixed(2);
  });
  return {slots, floats, fonts: widths.join(" "), written: [...written]};
})()
