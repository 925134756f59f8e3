// A table of numbers as coloured cells, fast enough for 64 × 200 at every keystroke: a canvas, and one cell that is selected.
import { html, setAll } from "./dom.mjs";

const BLUE = [31, 119, 196], ORANGE = [200, 101, 27];

// One pixel for each cell. The colour is as dense as the number is large, over the page's own background: blue above
// zero, orange below.
function pixels({ rows, columns, value, high }) {
  const small = html("canvas", { width: columns, height: rows }), context = small.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 4) {
      const number = value(row, column) / high;
      image.data.set(number < 0 ? ORANGE : BLUE, at);
      image.data[at + 3] = Math.round(255 * Math.min(1, Math.abs(number)));
    }
  }
  context.putImageData(image, 0, 0);
  return small;
}

// A node with a method `show({ rows, columns, value, high, left, width, height, row, column, marks, label })`: value(row,
// column) is a number, `left` the space for the row marks ([row, text] pairs). `pick(row, column)` is called when the reader
// points at a cell or moves to it with the arrow keys, Home and End.
export function heatMap(pick) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const cursor = html("div", { class: "rnn-heat-cursor", "aria-hidden": "true" });
  const marked = html("div", { class: "rnn-heat-marks", "aria-hidden": "true" });
  const node = html("div", { class: "rnn-heat", role: "application", tabindex: 0, "aria-roledescription": "heat map" },
    canvas, marked, cursor);
  let shown;

  node.show = (now) => {
    shown = now;
    const { rows, columns, left, width, height, row, column, marks = [], label } = now, sharp = window.devicePixelRatio || 1;
    node.setAttribute("aria-label", label);
    setAll(canvas, { width: Math.round((width - left) * sharp), height: Math.round(height * sharp) });
    canvas.style.cssText = `margin-left: ${left}px; width: ${width - left}px; height: ${height}px`;
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(pixels(now), 0, 0, canvas.width, canvas.height);
    const wide = (width - left) / columns, high = height / rows;
    cursor.style.cssText = `left: ${left + column * wide}px; top: ${row * high}px; width: ${wide}px; height: ${high}px`;
    marked.replaceChildren(...marks.map(([at, text]) =>
      html("span", { style: `top: ${at * high}px; width: ${left - 4}px` }, text)));
  };

  const move = (row, column) => {
    if (row !== shown.row || column !== shown.column) pick(row, column);
  };
  const within = (value, count) => Math.max(0, Math.min(count - 1, value));
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    move(within(Math.floor(((event.clientY - box.top) / box.height) * shown.rows), shown.rows),
      within(Math.floor(((event.clientX - box.left) / box.width) * shown.columns), shown.columns));
  };
  canvas.addEventListener("pointerdown", point);
  canvas.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse" || event.buttons) point(event); });
  node.addEventListener("keydown", (event) => {
    const { rows, columns, row, column } = shown;
    const to = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [row, 0], End: [row, columns - 1],
    }[event.key];
    if (!to || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(within(to[0], rows), within(to[1], columns));
  });
  return node;
}
