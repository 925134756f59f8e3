// The loop, and the loop laid out in time: from left to right on a wide page, from top to bottom on a phone.
import { points, setAll, svg } from "../shared/dom.mjs";
import { below, fixed, gradient, letters } from "./story.mjs";

const NARROW = 480, CELL = 56; // pixels

const text = (x, y, content, attributes = {}) => svg("text", { x, y, "text-anchor": "middle", ...attributes }, content);

// A straight arrow along one of the axes.
function arrow([x1, y1], [x2, y2], look, live) {
  const dx = Math.sign(x2 - x1), dy = Math.sign(y2 - y1), tip = [x2, y2];
  const wing = (side) => [x2 - 7 * dx + side * 4 * dy, y2 - 7 * dy + side * 4 * dx];
  return svg("g", { class: `rnn-arrow ${look} ${live ? "rnn-now" : ""}` },
    svg("line", { x1, y1, x2: x2 - 5 * dx, y2: y2 - 5 * dy }), svg("polygon", { points: points([tip, wing(1), wing(-1)]) }));
}

// Where everything of step t lies when time runs to the right; the weights are above.
function wide({ width, count, rows, backward }) {
  const margin = 54, pitch = Math.min(104, (width - margin - 2) / count), high = rows * 17 + 12, top = 62;
  const first = Math.max(margin, (width - pitch * count) / 2); // a short sentence stands in the middle
  const x = (t) => first + pitch * t + (pitch - CELL) / 2 + CELL / 2;
  const bottom = top + high * (backward ? 2 : 1);
  return {
    height: bottom + 82, letter: Math.floor(pitch / 7.6), rows, high,
    h: (t) => [x(t) - CELL / 2, top], d: (t) => [x(t) - CELL / 2, top + high],
    start: [first - margin, top + high / 2 + 4, "start"], fromStart: [[first - 7, top + high / 2], [x(0) - CELL / 2, top + high / 2]],
    onward: (t) => [[x(t) + CELL / 2, top + high / 2], [x(t + 1) - CELL / 2, top + high / 2]],
    backward: (t) => [[x(t) - CELL / 2, top + 1.5 * high], [x(t - 1) + CELL / 2, top + 1.5 * high]],
    u: (t) => [(x(t) + x(t - 1)) / 2, top + high / 2 - 7], w: (t) => [x(t) + 12, bottom + 24],
    input: (t) => [[x(t), bottom + 38], [x(t), bottom]], number: (t) => [x(t), bottom + 53], word: (t) => [x(t), bottom + 72],
    stem: (t) => [[x(t), 16], [x(t), top]], bus: [[x(0), 16], [x(count - 1), 16]], trunk: [[width / 2, 16], [width / 2, 0]],
    term: (t) => [x(t) - 5, 44, "end"],
  };
}

// The same when time runs down; the weights are above, and the line to them runs along the right edge.
function tall({ width, count, rows, backward }) {
  const pitch = 66 + (rows - 1) * 16, high = rows * 17 + 12, first = 44;
  const edge = width - 8, right = width - 74, left = right - CELL * (backward ? 2 : 1);
  const y = (t) => first + pitch * t + high / 2;
  const h = right - CELL / 2, d = left + CELL / 2;
  return {
    height: first + pitch * (count - 1) + high + 8, letter: Math.floor((left - 50) / 7.6), rows, high,
    h: (t) => [right - CELL, y(t) - high / 2], d: (t) => [left, y(t) - high / 2],
    start: [h, 16], fromStart: [[h, 24], [h, y(0) - high / 2]],
    onward: (t) => [[h, y(t) + high / 2], [h, y(t + 1) - high / 2]],
    backward: (t) => [[d, y(t) - high / 2], [d, y(t - 1) + high / 2]],
    u: (t) => [h + 12, (y(t) + y(t - 1)) / 2 + 4], w: (t) => [left - 20, y(t) - 6],
    input: (t) => [[left - 36, y(t)], [left, y(t)]], number: (t) => [0, y(t) + 16, "start"], word: (t) => [0, y(t) - 1, "start"],
    stem: (t) => [[edge, y(t)], [right, y(t)]], bus: [[edge, y(0)], [edge, y(count - 1)]], trunk: [[edge, y(0)], [edge, 0]],
    term: (t) => [right + 4, y(t) - 6, "start"],
  };
}

function box([x, y], { high, rows }, look, live, lines, name = null) {
  const heightOf = (k) => y + high / 2 + 5 + 17 * (k - (rows - 1) / 2);
  const line = (content, k) => text(x + CELL / 2, heightOf(k), content, { class: "rnn-small", "data-name": name });
  return [
    svg("rect", { x, y, width: CELL, height: high, rx: 4, class: `rnn-box ${look} ${live ? "rnn-now" : ""}` }),
    ...lines.map(line),
  ];
}

export function drawLoop(page, width, { words, units }) {
  const { kernel: w, recurrent: u } = letters(units), middle = width / 2, height = 190;
  setAll(page, { height, viewBox: `0 0 ${width} ${height}` });
  const shown = words.join(" "), room = Math.floor(width / 7.6);
  page.replaceChildren(
    svg("polyline", { class: "rnn-wire", points: points([[middle, 0], [middle, 50]]) }),
    ...box([middle - CELL / 2, 50], { high: 40, rows: 1 }, "rnn-blue", false, ["h"]),
    svg("path", { class: "rnn-wire", d: `M ${middle + 28} 62 C ${middle + 86} 40, ${middle + 86} 110, ${middle + 34} 80` }),
    svg("polygon", { points: points([[middle + 28, 77], [middle + 36, 76], [middle + 33, 84]]), class: "rnn-ink" }),
    text(middle + 82, 76, u, { class: "rnn-strong" }),
    arrow([middle, 140], [middle, 90], "", false), text(middle + 14, 122, w, { class: "rnn-strong" }),
    text(middle, 158, "one word after the other:"),
    text(middle, 178, shown.length > room ? `${shown.slice(0, room - 1)}…` : shown, { class: "rnn-strong" }));
}

export function drawUnrolled(page, width, { words, trip, units, place, backward }) {
  const count = words.length, names = letters(units);
  const at = (width < NARROW ? tall : wide)({ width, count, rows: units, backward });
  setAll(page, { height: at.height, viewBox: `0 0 ${width} ${at.height}` });
  const back = place.phase === "back", look = back ? "rnn-orange" : "rnn-blue", read = back ? count - 1 : place.t;
  const label = ([x, y, side = "middle"], content, look) => text(x, y, content, { "text-anchor": side, ...look });
  const strong = { class: "rnn-strong" };
  const cut = (word) => ([...word].length > at.letter ? `${[...word].slice(0, at.letter - 1).join("")}…` : word);

  const parts = [
    svg("polyline", { class: "rnn-wire rnn-faint", points: points(at.bus) }),
    svg("polyline", { class: "rnn-wire rnn-faint", points: points(at.trunk) }),
    label(at.start, "h₀ = 0"), arrow(...at.fromStart, "rnn-blue", false),
  ];
  words.forEach((word, t) => {
    const waiting = t > read, now = t === place.t, step = trip.steps[t];
    parts.push(label(at.word(t), cut(word), { class: now ? "rnn-strong" : waiting ? "rnn-dim" : "" }));
    if (waiting) return; // the loop has not come round to it
    const reached = back && t >= place.t;
    parts.push(
      svg("polyline", { class: `rnn-wire ${now ? `rnn-now ${look}` : "rnn-faint"}`, points: points(at.stem(t)) }),
      ...box(at.h(t), at, "rnn-blue", now && !back, Array.from(step.h, (value) => fixed(value)), `h${t + 1}`),
      label(at.number(t), fixed(step.x, 1)), arrow(...at.input(t), "rnn-blue", now && !back), label(at.w(t), names.kernel, strong));
    if (t > 0) parts.push(arrow(...at.onward(t - 1), "rnn-blue", now && !back), label(at.u(t), names.recurrent, strong));
    if (backward) {
      parts.push(...box(at.d(t), at, "rnn-orange", now && back, reached ? Array.from(step.da, gradient) : [], `da${t + 1}`));
    }
    if (reached && t < count - 1) parts.push(arrow(...at.backward(t + 1), "rnn-orange", now));
    if (reached) {
      const term = step.terms.recurrent;
      parts.push(label(at.term(t), units === 1 ? `${term[0] < 0 ? "" : "+"}${gradient(term[0])}` : `+h${below(t)}ᵀda${below(t + 1)}`,
        { class: `rnn-small ${now ? "rnn-strong" : ""}` }));
    }
  });
  page.replaceChildren(...parts);
}
