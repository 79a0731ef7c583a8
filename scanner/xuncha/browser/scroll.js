// Goes to one screen of the page, and tells how many there are and whether a list is still empty. In a world of its own.
(at => {
  const root = document.scrollingElement || document.documentElement;
  const all = document.querySelectorAll('ul, ol, dl, tbody, [id*="list" i], [class*="list" i]');
  const boxes = Array.prototype.slice.call(all, 0, 2000);
  const empty = boxes.some(box => !box.firstElementChild && !box.textContent.trim());
  scrollTo({top: at * innerHeight, left: 0, behavior: "instant"});
  return {screens: Math.ceil(root.scrollHeight / innerHeight), empty};
})(AT)
