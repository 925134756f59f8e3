// Make what is wider than a line or higher than a page smaller, until it fits; give what still sticks out, to be told.
() => {
  const PAGE = 900; // CSS pixels, a little less than there is between the margins
  for (const formula of document.querySelectorAll("mjx-container")) {
    const room = formula.parentElement.closest("p, div, li, td, dd").clientWidth;
    const width = formula.querySelector("mjx-math").getBoundingClientRect().width;
    if (width > room) formula.style.fontSize = `${Math.floor((95 * room) / width)}%`;
  }
  for (const table of document.querySelectorAll(".chapter table")) {
    if (table.closest(".rnn-figure")) continue;
    const room = table.parentElement.clientWidth;
    for (const cell of table.querySelectorAll("td")) // a date or a mean ± its deviation stays on one line
      if (cell.textContent.trim().length <= 13) cell.style.whiteSpace = "nowrap";
    if (table.offsetWidth > room) table.style.zoom = room / table.offsetWidth;
  }
  for (const figure of document.querySelectorAll(".rnn-figure-place")) {
    if (figure.offsetHeight > PAGE) figure.style.zoom = PAGE / figure.offsetHeight;
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
