// Gates as valves: pipes in which a stream as wide as its amount flows, and sluices that let a share of it through.
import { points, svg } from "./dom.mjs";
import { formulaSpans } from "./formulas.mjs";

const PIPE = 28, WIDEST = 24, HOUSE = 36, DEEP = 18;
// Where pipes and wires end: half the height of a valve, of a box with one line and with two, the radius of an adder.
export const VALVE = HOUSE / 2;
export const LINE = 13;
export const LINES = 21;
export const ADDER = 17;
export const SIDE = 22; // half the width of a box

// How many pixels wide a stream is for each 1 that flows, such that the largest just fits into its pipe.
export function streamUnit(amounts) {
  return WIDEST / Math.max(1, ...amounts.map(Math.abs));
}

// A pipe through these corners, with what flows in it: blue and whole above zero, orange and dashed below.
export function stream(corners, amount, unit) {
  const line = points(corners), width = Math.abs(amount) * unit;
  return svg("g", {},
    svg("polyline", { class: "rnn-pipe", points: line, "stroke-width": PIPE }),
    width < 0.05 ? null : svg("polyline", {
      class: `rnn-line ${amount < 0 ? "rnn-orange" : "rnn-blue"}`, points: line,
      style: `stroke-width: ${Math.max(1, width).toFixed(2)}px`, "stroke-dasharray": amount < 0 ? "7 3" : null,
    }));
}

// A sluice in a pipe. Two plates leave the share `open` of its height free; `upright` for a pipe that goes up or down.
export function valve(x, y, open, upright = false) {
  const plate = (HOUSE / 2) * (1 - open), across = HOUSE / 2, along = DEEP / 2;
  const rectangle = (left, top, width, height, kind) => svg("rect", upright
    ? { x: x + top, y: y + left, width: height, height: width, class: kind }
    : { x: x + left, y: y + top, width, height, class: kind });
  return svg("g", {},
    rectangle(-along, -across, DEEP, plate, "rnn-plate"),
    rectangle(-along, across - plate, DEEP, plate, "rnn-plate"),
    rectangle(-along, -across, DEEP, HOUSE, "rnn-outline"));
}

// A box that computes something from x and h: its letter and its value.
export function box(x, y, lines, width = 2 * SIDE) {
  const height = 2 * (lines.length === 1 ? LINE : LINES);
  return svg("g", {},
    svg("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 4, class: "rnn-outline" }),
    lines.map((line, k) => label(x, y - height / 2 + 17 * (k + 1) + 1, line, "middle", k === 0)));
}

// Where two streams meet and are added.
export function adder(x, y) {
  return svg("g", {}, svg("circle", { cx: x, cy: y, r: ADDER, class: "rnn-outline" }),
    svg("line", { class: "rnn-wire", x1: x - 8, x2: x + 8, y1: y, y2: y }),
    svg("line", { class: "rnn-wire", x1: x, x2: x, y1: y - 8, y2: y + 8 }));
}

// What carries a gate's value to its valve, and inputs to a box: no amount flows in it.
export function wire(corners) {
  return svg("polyline", { class: "rnn-wire", points: points(corners) });
}

export function label(x, y, text, anchor = "start", strong = false) {
  return svg("text", { x, y, "text-anchor": anchor, class: strong ? "rnn-strong" : null }, formulaSpans(text));
}

// A name, and its number below it.
export function amount(x, y, name, value, anchor = "start") {
  return svg("g", {}, label(x, y, name, anchor), label(x, y + 17, value, anchor, true));
}
