// How far back the gradient of the last state reaches, in three untrained cells side by side, and what clipping changes.
import { axes, announcer, button, change, checkbox, drawing, html, ownId, points, predict, scale, slider,
  svg } from "../shared/dom.mjs";
import { number, superscript } from "../shared/numbers.mjs";
import { sigmoid } from "../shared/cells.mjs";
import { KINDS, LONGEST, UNITS, clipFactor, measure } from "./model.mjs";

const HEIGHT = 330, LEFT = 50, TOP = 30, BOTTOM = 282, LEAST = 1e-12, MOST = 1e6, LIMIT = 1;
const LOOKS = { // colour and dashes say which cell
  SimpleRNN: ["rnn-blue", ""], LSTM: ["rnn-orange", "9 4"], GRU: ["rnn-green", "3 3"], matrix: ["rnn-thin", "1 4"],
};
const SETTINGS = ["seed", "radius", "steps", "forget", "update"];

// The same cell with the same settings is not measured twice: the LSTM's slider does not make the GRU wait.
function remembering() {
  const known = {};
  return (kind, settings) => {
    const { forget, update, ...both } = settings;
    const key = JSON.stringify({ ...both, gate: kind === "LSTM" ? forget : kind === "GRU" ? update : 0 });
    if (known[kind]?.key !== key) known[kind] = { key, result: measure(kind, settings) };
    return known[kind].result;
  };
}

// 72,556 rather than 72555.995
const amount = (value) => (value >= 1000 && value < 1e6 ? Math.round(value).toLocaleString("en") : number(value, 3));
const gate = (bias) => `${number(bias, 1)} (gate near ${number(sigmoid(bias), 2)})`;
function line(name, attributes) {
  const [look, dashes] = LOOKS[name];
  return svg("polyline", { class: `rnn-line ${look}`, "stroke-dasharray": dashes, ...attributes });
}
const sample = (name) => svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, line(name, { points: "1,5 33,5" }));

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const measured = remembering(), live = announcer(), frame = ownId("frame");
  const facts = html("p", { class: "rnn-facts" }), rows = html("tbody"), kept = html("th", { scope: "col" });
  const settings = () => Object.fromEntries(SETTINGS.map((key) => [key, model.get(key)]));
  const results = () => Object.fromEntries(KINDS.map((kind) => {
    const { left, norm } = measured(kind, settings());
    return [kind, { left, norm, factor: model.get("clip") ? clipFactor(norm, LIMIT) : 1 }];
  }));
  const y = scale([LEAST, MOST], [BOTTOM, TOP], true);

  const picture = drawing(model, [...SETTINGS, "clip"], HEIGHT, (page, width) => {
    const { radius, steps } = settings(), found = results();
    const right = width - 14, x = scale([0, steps], [LEFT, right]);
    // a line may leave the picture, not the numbers there are
    const path = (left) => points(Array.from(left, (value, k) => [x(k), y(Math.min(1e30, Math.max(1e-30, value)))]));
    page.replaceChildren(
      svg("clipPath", { id: frame }, svg("rect", { x: LEFT, y: TOP, width: right - LEFT, height: BOTTOM - TOP })),
      axes({
        x, y, left: LEFT, right, top: TOP, bottom: BOTTOM, xName: "steps back", yName: "length of the gradient",
        xTicks: [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => [part * steps, String(Math.round(part * steps))]),
        yTicks: [6, 3, 0, -3, -6, -9, -12].map((power) => [10 ** power, power === 0 ? "1" : `10${superscript(power)}`]),
      }),
      svg("g", { "clip-path": `url(#${frame})` },
        line("matrix", { points: path(Array.from({ length: steps + 1 }, (_, k) => radius ** k)) }),
        KINDS.map((kind) => [
          found[kind].factor < 1 ? line(kind, { points: path(found[kind].left), "stroke-opacity": 0.35 }) : null,
          line(kind, { points: path(found[kind].left.map((value) => value * found[kind].factor)), "data-kind": kind }),
        ]).flat()));
    page.setAttribute("aria-label", "Line chart: the length of the gradient of the last state, 1 at the last step, going back "
      + `step by step, on a logarithmic axis from 10⁻¹² to 10⁶. ${words(settings(), found)}`);
    tell(found);
  });

  function tell(found) {
    const { radius, steps } = settings();
    kept.textContent = `left after ${steps} steps`;
    rows.replaceChildren(
      ...KINDS.map((kind) => {
        const { left, norm, factor } = found[kind];
        return html("tr", {}, html("th", { scope: "row" }, sample(kind), ` ${kind}`),
          html("td", { "data-left": kind }, amount(left[steps])), html("td", { "data-norm": kind }, amount(norm)),
          html("td", { "data-clipped": kind }, model.get("clip") ? amount(norm * factor) : "–"));
      }),
      html("tr", {}, html("th", { scope: "row" }, sample("matrix"), " ρ alone"),
        html("td", {}, amount(radius ** steps)), html("td", {}, "–"), html("td", {}, "–")));
    facts.textContent = "One step back multiplies the gradient, on average, by "
      + `${KINDS.map((kind) => `${number(found[kind].left[steps] ** (1 / steps), 3)} (${kind})`).join(", ")}.${clipping(found)}`;
    live.say(words(settings(), found));
  }

  function clipping(found) {
    if (!model.get("clip")) return "";
    const cut = KINDS.filter((kind) => found[kind].factor < 1);
    if (cut.length === 0) return ` No gradient is longer than ${LIMIT}: clipping changes nothing.`;
    const factors = cut.map((kind) => `${number(found[kind].factor, 3)} (${kind})`).join(", ");
    return ` Clipping multiplies every number of the gradient by ${factors}. The line moves down as a whole, and its slope stays.`;
  }

  function words({ radius, steps }, found) {
    return `Radius ${number(radius, 2)}: ρ multiplied with itself ${steps} times is ${amount(radius ** steps)}. `
      + `After ${steps} steps back ${KINDS.map((kind) => `the ${kind} keeps ${amount(found[kind].left[steps])}`).join(", ")}.`
      + clipping(found);
  }

  el.append(
    predict({
      question: "The recurrent kernel of a SimpleRNN has the spectral radius 0.9, close to 1. How much of the gradient is left "
        + "100 steps back?",
      answers: [
        ["nine tenths", false, "Nine tenths are left after one step. Each further step takes its tenth again."],
        ["about a tenth", false, "That is where 0.9 multiplied with itself is after 22 steps. There are 78 more."],
        ["less than a ten-thousandth", true, "0.9 multiplied with itself 100 times is 0.00003, and the slopes of the tanh take more."],
      ],
      revealed: html("p", {}, button("Show radius 0.9 and 100 steps", () => change(model, { radius: 0.9, steps: 100 }))),
    }),
    html("div", { class: "rnn-controls" },
      slider(model, "radius", { label: "spectral radius ρ =", min: 0.5, max: 3, step: 0.05 }),
      slider(model, "steps", { label: "steps back:", min: 5, max: LONGEST, step: 5, format: String }),
      slider(model, "forget", { label: "LSTM: forget-gate bias", min: -2, max: 6, step: 0.5, format: gate }),
      slider(model, "update", { label: "GRU: update-gate bias", min: -2, max: 6, step: 0.5, format: gate })),
    html("p", {}, checkbox(model, "clip", `clip the gradient of all weights to length ${LIMIT}`),
      button("Other random weights", () => change(model, { seed: model.get("seed") + 1 }))),
    picture,
    html("div", { class: "rnn-wide", tabindex: 0, role: "group", "aria-label": "What is left of each gradient" },
      html("table", { class: "rnn-table" },
        html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "cell"), kept,
          html("th", { scope: "col" }, "gradient of the weights"), html("th", { scope: "col" }, "clipped"))),
        rows)),
    facts,
    html("p", { class: "rnn-key" }, `Untrained cells with ${UNITS} units and small random inputs; every recurrent kernel is `
      + "scaled to the radius. The loss reads the last state only."),
    live);
}

export default { render };
