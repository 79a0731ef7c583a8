// Tells which parts of a page may change by themselves: pictures that lead to its own pages, what floats over it; and
// which fonts are there. In a world of its own.
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
  return {slots, floats, fonts: widths.join(" ")};
})()
