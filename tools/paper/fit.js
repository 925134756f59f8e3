// Make what is wider than a line smaller, until it fits; give what still sticks out, to be told.
() => {
  for (const formula of document.querySelectorAll("mjx-container")) {
    const room = formula.parentElement.closest("p, div, li, td, dd").clientWidth;
    const width = formula.querySelector("mjx-math").getBoundingClientRect().width;
    if (width > room) formula.style.fontSize = `${Math.floor((95 * room) / width)}%`;
  }
  for (const table of document.querySelectorAll(".chapter table")) {
    if (table.closest(".rnn-figure")) continue;
    const room = table.parentElement.clientWidth;
    if (table.offsetWidth > room) table.style.zoom = room / table.offsetWidth;
  }
  const out = [];
  for (const chapter of document.querySelectorAll(".chapter")) {
    const edge = chapter.getBoundingClientRect().right + 1;
    for (const one of chapter.querySelectorAll("p, pre, table, svg, img, canvas, mjx-math, li, figure")) {
      if (one.checkVisibility() && one.getBoundingClientRect().right > edge)
        out.push(`${chapter.id}: ${one.localName} ${one.textContent.trim().slice(0, 60)}`);
    }
  }
  return out;
}
