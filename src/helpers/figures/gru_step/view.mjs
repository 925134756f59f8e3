// One unit of a GRU takes one step, in Keras's convention: z keeps the old state. Every weight is a number you see.
import { announcer, button, change, choice, drawing, follow, html, predict } from "../shared/dom.mjs";
import { number } from "../shared/numbers.mjs";
import { gruStep } from "../shared/cells.mjs";
import { equation, formula, short, term } from "../shared/formulas.mjs";
import { ADDER, LINES, SIDE, VALVE, adder, amount, box, label, stream, streamUnit, valve, wire } from "../shared/valves.mjs";
import { lever, repeater, startOf } from "../shared/steps.mjs";

const BLOCKS = ["z", "r", "h"]; // in the order of Keras; v is the second bias, b′ in the book
const WEIGHTS = ["w", "u", "b", "v"].flatMap((letter) => BLOCKS.map((block) => `${letter}_${block}`));
const KEYS = ["x", "h", "reset_after", ...WEIGHTS];
const TRACK = 62, MIDDLE = 136, LOW = 212, RESET = 270, BUS = 306, HEIGHT = 340;

const SETTINGS = [
  ["Keep", { b_z: 8 }, "z is 1: the old state passes, and 1 − z has shut the other valve."],
  ["Replace", { b_z: -8 }, "z is 0: nothing of the old state passes on the track. It may still come in through the candidate."],
  ["Fresh start", { b_z: -8, b_r: -8 }, "z and r are 0: the new state comes from the input alone."],
  ["Like a SimpleRNN", { b_z: -8, b_r: 8 }, "z is 0 and r is 1: the new state is the candidate of a SimpleRNN."],
];

const fine = (value) => number(value, 3);
const row = (model, letter) => BLOCKS.map((block) => model.get(`${letter}_${block}`));

function take(model, resetAfter = model.get("reset_after")) {
  const bias = Float64Array.from([...row(model, "b"), ...(resetAfter ? row(model, "v") : [])]);
  const weights = { kernel: row(model, "w"), recurrent: row(model, "u"), bias, units: 1, resetAfter };
  const found = gruStep(weights, [model.get("x")], { h: Float64Array.of(model.get("h")) });
  return Object.fromEntries(Object.entries(found).map(([name, [value]]) => [name, value]));
}

function draw(page, width, model, step) {
  const { z, r, g } = step, old = model.get("h"), after = model.get("reset_after");
  const at = { branch: 0.09 * width, z: 0.39 * width, c: 0.73 * width };
  const first = width * 0.25, second = width * 0.53, [valveAt, productAt] = after ? [second, first] : [first, second];
  const product = model.get("u_h") * (after ? old : r * old) + (after ? model.get("v_h") : 0), past = after ? r * product : product;
  const middle = after ? product : r * old; // what flows between the product and the valve, in either order
  const unit = streamUnit([old, product, past, middle, 1]);
  const half = after ? 34 : 23; // of the box of the product
  const edge = (x, side) => (x === productAt ? x + side * half : x);
  page.replaceChildren(
    // the track, from left to right
    stream([[0, TRACK], [at.z, TRACK]], old, unit), stream([[at.z, TRACK], [at.c - ADDER, TRACK]], z * old, unit),
    stream([[at.c + ADDER, TRACK], [width, TRACK]], step.h, unit), adder(at.c, TRACK),
    amount(2, 18, "h_{t−1}", short(old)), amount((at.z + at.c) / 2, 18, "kept", short(z * old), "middle"),
    amount(width - 2, 18, "h_t", short(step.h), "end"),
    // the past that the candidate sees
    stream([[at.branch, TRACK + Math.abs(old) * unit / 2], [at.branch, LOW], [edge(first, -1), LOW]], old, unit),
    stream([[edge(first, 1), LOW], [edge(second, -1), LOW]], middle, unit),
    stream([[edge(second, 1), LOW], [at.c - SIDE, LOW]], past, unit),
    box(productAt, LOW, [after ? "·u_h + b′_h" : "·u_h"], 2 * half), box(at.c, LOW, ["h\u0303_t", short(g)]),
    // what is new
    stream([[at.c, LOW - LINES], [at.c, MIDDLE]], g, unit), stream([[at.c, MIDDLE], [at.c, TRACK + ADDER]], (1 - z) * g, unit),
    amount(at.c + 24, 92, "new", short((1 - z) * g)), amount(at.c + 24, MIDDLE, "1 − z_t", short(1 - z)),
    // valves and what moves them
    wire([[at.z, MIDDLE - LINES], [at.z, TRACK + VALVE]]), wire([[at.z + SIDE, MIDDLE], [at.c - VALVE, MIDDLE]]),
    wire([[at.z, MIDDLE + LINES], [at.z, BUS]]), wire([[valveAt, LOW + VALVE], [valveAt, RESET - LINES]]),
    wire([[valveAt, RESET + LINES], [valveAt, BUS]]), wire([[at.c, LOW + LINES], [at.c, BUS]]),
    wire([[Math.min(valveAt, at.z), BUS], [at.c, BUS]]),
    valve(at.z, TRACK, z), valve(at.c, MIDDLE, 1 - z, true), valve(valveAt, LOW, r),
    box(at.z, MIDDLE, ["z_t", short(z)]), box(valveAt, RESET, ["r_t", short(r)]),
    label(width / 2, BUS + 22, `x_t = ${short(model.get("x"))}, h_{t−1} = ${short(old)}`, "middle"));
}

function equations(model) {
  const after = () => model.get("reset_after"), v = (key) => term(model.get(key));
  const sum = (block) => (after()
    ? [`w_${block}·x_t + b_${block} + u_${block}·h_{t−1} + b′_${block}`,
      `${v(`w_${block}`)}·${v("x")} + ${v(`b_${block}`)} + ${v(`u_${block}`)}·${v("h")} + ${v(`v_${block}`)}`]
    : [`w_${block}·x_t + u_${block}·h_{t−1} + b_${block}`,
      `${v(`w_${block}`)}·${v("x")} + ${v(`u_${block}`)}·${v("h")} + ${v(`b_${block}`)}`]);
  const total = (block) => {
    const [x, h, w, u, b, second] = ["x", "h", ...["w", "u", "b", "v"].map((letter) => `${letter}_${block}`)].map((key) => model.get(key));
    return short(w * x + b + u * h + (after() ? second : 0));
  };
  const gate = (block, meaning) => equation({
    meaning, formulas: () => [`${block}_t`, `σ(${sum(block)[0]})`],
    numbers: () => [`σ(${sum(block)[1]})`, `σ(${total(block)})`], result: (step) => step[block],
  });
  return {
    z: gate("z", "Update gate: how much to keep"),
    r: gate("r", "Reset gate: how much of the past the candidate sees"),
    h: equation({
      meaning: "Candidate: what is new",
      formulas: () => ["h\u0303_t",
        after() ? "tanh(w_h·x_t + b_h + r_t·(u_h·h_{t−1} + b′_h))" : "tanh(w_h·x_t + u_h·(r_t·h_{t−1}) + b_h)"],
      numbers: (step) => [after()
        ? `tanh(${v("w_h")}·${v("x")} + ${v("b_h")} + ${term(step.r)}·(${v("u_h")}·${v("h")} + ${v("v_h")}))`
        : `tanh(${v("w_h")}·${v("x")} + ${v("u_h")}·(${term(step.r)}·${v("h")}) + ${v("b_h")})`],
      result: (step) => step.g,
    }),
    state: equation({
      meaning: "New state: a mean of old state and candidate, weighted by z",
      formulas: () => ["h_t", "z_t·h_{t−1} + (1 − z_t)·h\u0303_t"],
      numbers: (step) => [`${term(step.z)}·${v("h")} + ${term(1 - step.z)}·${term(step.g)}`], result: (step) => step.h,
    }),
  };
}

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const start = startOf(model, KEYS), live = announcer(), told = html("p", { "aria-live": "polite" });
  const lines = equations(model), both = html("p", { class: "rnn-facts" });

  const picture = drawing(model, KEYS, HEIGHT, (page, width) => {
    const step = take(model);
    draw(page, width, model, step);
    const text = `Update gate ${short(step.z)}, reset gate ${short(step.r)}, candidate ${short(step.g)}. `
      + `The state goes from ${short(model.get("h"))} to ${short(step.h)}.`;
    page.setAttribute("aria-label", "One step of a GRU, drawn as pipes: the update gate moves two valves at once, the old state's by z and "
      + `the candidate's by 1 − z; the reset gate is a valve before the candidate. ${text}`);
    live.say(text);
    for (const line of Object.values(lines)) line.show(step);
    both.textContent = `With these weights the new state is ${fine(take(model, true).h)} if the reset gate acts after the product, `
      + `${fine(take(model, false).h)} if it acts before it, where there is no b′.`;
  });

  const set = (values, words) => {
    change(model, { ...start, ...values, reset_after: model.get("reset_after"), trace: [] });
    told.textContent = words;
  };
  const bias = (block) => lever(model, `b_${block}`, "bias", `b_${block}`);
  const second = (block) => {
    const node = lever(model, `v_${block}`, "second bias", `b′_${block}`);
    follow(model, ["reset_after"], () => { node.hidden = !model.get("reset_after"); });
    return node;
  };
  const card = (...children) => html("div", { class: "rnn-card" }, children);
  const weight = (letter, block) => lever(model, `${letter}_${block}`, "weight", `${letter}_${block}`);
  el.append(
    predict({
      question: "You open the update valve: z = 1. What is the new state?",
      answers: [
        ["The candidate.", false,
          "In some books it is: there z and 1 − z have changed places. In Keras, and here, z lets the old state through."],
        ["The old state.", true, "In Keras z keeps. The candidate's valve is open by 1 − z, so it has shut."],
        ["The old state plus the candidate.", false,
          "An LSTM could do that. Here one gate moves both valves: as one opens, the other shuts."],
      ],
      revealed: html("p", {}, "Move ", formula("b_z"), " up and down and watch the two valves on the wire from ", formula("z_t"), "."),
    }),
    choice(model, "reset_after", "The reset gate acts", [[true, "after the product (Keras's default)"], [false, "before the product"]]),
    picture,
    html("p", { class: "rnn-key" }, "A stream is as wide as its amount: solid blue above zero, dashed orange below."),
    html("div", { class: "rnn-controls" }, lever(model, "x", "input", "x_t"), lever(model, "h", "old state", "h_{t−1}")),
    html("div", { class: "rnn-controls" }, card(lines.z, bias("z")), card(lines.r, bias("r")),
      card(lines.h, bias("h"), second("h")), card(lines.state)),
    both,
    html("p", {}, "Try: ", ...SETTINGS.map(([name, values, words]) => button(name, () => set(values, words)))), told,
    repeater({
      model, states: ["h"], start, take: () => ({ h: take(model).h }), lines: [["h", "rnn-blue", null, "h"]],
    }),
    html("details", {}, html("summary", {}, "The weights"),
      html("div", { class: "rnn-controls" }, BLOCKS.flatMap((block) => [weight("w", block), weight("u", block)]),
        second("z"), second("r"))),
    live);
}

export default { render };
