// What the two figures of one step share: sliders with their letters, the button that takes the next step, the trace.
import { axes, button, change, drawing, follow, html, points, scale, slider, svg } from "./dom.mjs";
import { number } from "./numbers.mjs";
import { formula, short } from "./formulas.mjs";

const LONGEST = 60; // steps that the trace shows
const RANGES = { x: [-3, 3, 0.1], h: [-1, 1, 0.05], c: [-6, 6, 0.1], w: [-4, 4, 0.1], u: [-4, 4, 0.1], b: [-8, 8, 0.1], v: [-8, 8, 0.1] };

// A slider for x, h, c, a weight or a bias, named in words and by its letter: symbol("b_f").
export function lever(model, key, words, symbol) {
  const [min, max, step] = RANGES[key[0]];
  return slider(model, key, { label: [words, " ", ...formula(symbol), " ="], min, max, step, format: short });
}

// The values a figure started from, to go back to.
export function startOf(model, keys) {
  return Object.fromEntries(keys.map((key) => [key, model.get(key)]));
}

// Buttons that feed the states back, and the line of states that comes of it. `take()` returns the states after a step
// from what the model holds; `lines` are [state, colour, dashes, words].
export function repeater({ model, states, take, lines, start }) {
  let own = false; // while the figure itself sets the states
  const set = (values) => { own = true; change(model, values); own = false; };
  const now = () => startOf(model, states);
  const steps = (count) => {
    let trace = model.get("trace");
    for (let k = 0; k < count; k++) {
      if (trace.length === 0) trace = [{ t: 0, ...now() }];
      const next = take();
      trace = [...trace, { t: trace.at(-1).t + 1, ...next }].slice(-LONGEST - 1);
      set(next);
    }
    change(model, { trace });
  };
  // Who moves a state by hand begins anew: the old line does not lead there.
  for (const key of states) model.on(`change:${key}`, () => { if (!own && model.get("trace").length) change(model, { trace: [] }); });

  const shown = html("div", {}, traceOf(model, lines));
  follow(model, ["trace"], () => { shown.hidden = model.get("trace").length === 0; });
  return html("div", {},
    button("Repeat the step", () => steps(1)), button("Ten steps", () => steps(10)),
    button("Back to the start", () => { set({ ...start }); change(model, { trace: [] }); }),
    shown);
}

function traceOf(model, lines) {
  const top = 28, bottom = 120, left = 40;
  return drawing(model, ["trace"], 160, (page, width) => {
    const trace = model.get("trace"), right = width - 70;
    if (trace.length === 0) {
      page.setAttribute("aria-label", "The step has not been repeated yet.");
      return;
    }
    const first = trace[0].t, last = trace.at(-1).t;
    const most = Math.max(1, ...trace.flatMap((row) => lines.map(([key]) => Math.abs(row[key]))));
    const x = scale([first, Math.max(last, first + 5)], [left, right]), y = scale([-most, most], [bottom, top]);
    page.replaceChildren(axes({
      x, y, left, right, top, bottom, xName: "step", yName: "state",
      xTicks: [first, last].map((step) => [step, String(step)]),
      yTicks: [-most, 0, most].map((value) => [value, number(value, value === 0 ? 0 : 1)]),
    }));
    lines.forEach(([key, colour, dashes, name], place) => {
      const look = { class: `rnn-line ${colour}`, "stroke-dasharray": dashes }, height = top + 10 + 22 * place;
      page.append(svg("polyline", { ...look, points: points(trace.map((row) => [x(row.t), y(row[key])])) }),
        svg("circle", { class: `rnn-area ${colour}`, cx: x(last), cy: y(trace.at(-1)[key]), r: 4 }),
        svg("line", { ...look, x1: right + 10, x2: right + 34, y1: height, y2: height }),
        svg("text", { x: right + 40, y: height + 5 }, name));
    });
    page.setAttribute("aria-label", `Line chart of the states, step by step. ${lines.map(([key, , , name]) =>
      `${name}: ${trace.slice(-6).map((row) => `${short(row[key])} after step ${row.t}`).join(", ")}.`).join(" ")}`);
  });
}
