// One unit of an LSTM takes one step: every weight is a number you see, every gate a valve.
import { announcer, button, change, drawing, html, predict } from "../shared/dom.mjs";
import { lstmStep } from "../shared/cells.mjs";
import { equation, formula, short, term } from "../shared/formulas.mjs";
import { ADDER, LINE, LINES, VALVE, adder, amount, box, label, stream, streamUnit, valve, wire } from "../shared/valves.mjs";
import { lever, repeater, startOf } from "../shared/steps.mjs";

const BLOCKS = ["i", "f", "c", "o"]; // in the order of Keras
const WEIGHTS = ["w", "u", "b"].flatMap((letter) => BLOCKS.map((block) => `${letter}_${block}`));
const KEYS = ["x", "h", "c", ...WEIGHTS];
const TRACK = 62, SQUASH = 112, MIDDLE = 165, LOW = 250, BUS = 288, HEIGHT = 322;

const SETTINGS = [
  ["Keep", { b_i: -8, b_f: 8 }, "Nothing is written and nothing is cleared: c passes."],
  ["Write over", { b_i: 8, b_f: -8 }, "The old c is cleared, the candidate takes its place."],
  ["Add up", { b_i: 8, b_f: 8, b_c: 8 }, "The candidate is 1 and all of it is added. Repeat the step: c has no ceiling."],
  ["Hold in silence", { b_i: -8, b_f: 8, b_o: -8 }, "c is kept and not shown: h is almost 0."],
];

const row = (model, letter) => Float64Array.from(BLOCKS, (block) => model.get(`${letter}_${block}`));

function take(model) {
  const weights = { kernel: row(model, "w"), recurrent: row(model, "u"), bias: row(model, "b"), units: 1 };
  const found = lstmStep(weights, [model.get("x")], { h: [model.get("h")], c: Float64Array.of(model.get("c")) });
  return Object.fromEntries(Object.entries(found).map(([name, [value]]) => [name, value]));
}

function draw(page, width, model, step) {
  const { i, f, g, o } = step, old = model.get("c"), kept = f * old, written = i * g, squashed = Math.tanh(step.c);
  const at = { f: 0.15 * width, i: 0.31 * width, c: 0.47 * width, o: 0.65 * width, h: 0.83 * width };
  const unit = streamUnit([old, kept, written, step.c, 1]);
  page.replaceChildren(
    // the track, from left to right
    stream([[0, TRACK], [at.f, TRACK]], old, unit), stream([[at.f, TRACK], [at.c - ADDER, TRACK]], kept, unit),
    stream([[at.c + ADDER, TRACK], [width, TRACK]], step.c, unit),
    amount(2, 18, "c_{t−1}", short(old)), amount((at.f + at.c) / 2, 18, "kept", short(kept), "middle"),
    amount(width - 2, 18, "c_t", short(step.c), "end"),
    // what is written, from below
    stream([[at.c, LOW - LINES], [at.c, MIDDLE]], g, unit), stream([[at.c, MIDDLE], [at.c, TRACK + ADDER]], written, unit),
    amount(at.c + 20, 106, "written", short(written)),
    // what is shown, off to the right
    stream([[at.h, TRACK + Math.abs(step.c) * unit / 2], [at.h, SQUASH - LINE]], step.c, unit),
    stream([[at.h, SQUASH + LINE], [at.h, MIDDLE]], squashed, unit),
    stream([[at.h, MIDDLE], [at.h, 212], [width, 212]], step.h, unit), amount(width - 2, 246, "h_t", short(step.h), "end"),
    box(at.h, SQUASH, ["tanh"], 46), adder(at.c, TRACK),
    // valves and what moves them
    wire([[at.f, LOW - LINES], [at.f, TRACK + VALVE]]), wire([[at.i, LOW - LINES], [at.i, MIDDLE], [at.c - VALVE, MIDDLE]]),
    wire([[at.o, LOW - LINES], [at.o, MIDDLE], [at.h - VALVE, MIDDLE]]),
    wire([[at.f, LOW + LINES], [at.f, BUS], [at.o, BUS], [at.o, LOW + LINES]]),
    ...[at.i, at.c].map((x) => wire([[x, LOW + LINES], [x, BUS]])),
    valve(at.f, TRACK, f), valve(at.c, MIDDLE, i, true), valve(at.h, MIDDLE, o, true),
    ...[[at.f, "f_t", f], [at.i, "i_t", i], [at.c, "c\u0303_t", g], [at.o, "o_t", o]]
      .map(([x, name, share]) => box(x, LOW, [name, short(share)])),
    label((at.f + at.o) / 2, 310, `x_t = ${short(model.get("x"))}, h_{t−1} = ${short(model.get("h"))}`, "middle"));
  if (width > 480) {
    page.append(label(at.f + 8, 110, "keep"), label(at.i + 8, MIDDLE - 8, "write"), label(at.o + 8, MIDDLE - 8, "show"));
  }
}

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const start = startOf(model, KEYS), live = announcer(), told = html("p", { "aria-live": "polite" });
  let step = take(model);

  const gate = (block, name, words, squash = "σ") => {
    const factors = () => ["w", "u", "b"].map((letter) => model.get(`${letter}_${block}`));
    const line = equation({
      meaning: words,
      formulas: () => [`${name}_t`, `${squash}(w_${block}·x_t + u_${block}·h_{t−1} + b_${block})`],
      numbers: () => {
        const x = model.get("x"), h = model.get("h"), [w, u, b] = factors();
        return [`${squash}(${term(w)}·${term(x)} + ${term(u)}·${term(h)} + ${term(b)})`, `${squash}(${short(w * x + u * h + b)})`];
      },
      result: (now) => now[block === "c" ? "g" : block],
    });
    return [line, html("div", { class: "rnn-card" }, line, lever(model, `b_${block}`, "bias", `b_${block}`))];
  };
  const gates = [gate("i", "i", "Input gate: how much to write"), gate("f", "f", "Forget gate: how much to keep"),
    gate("c", "c\u0303", "Candidate: what to write", "tanh"), gate("o", "o", "Output gate: how much to show")];
  const cell = equation({
    meaning: "Cell state: what is kept, and what is written", formulas: () => ["c_t", "f_t·c_{t−1} + i_t·c\u0303_t"],
    numbers: (now) => [`${term(now.f)}·${term(model.get("c"))} + ${term(now.i)}·${term(now.g)}`], result: (now) => now.c,
  });
  const hidden = equation({
    meaning: "Hidden state: what is shown of it", formulas: () => ["h_t", "o_t·tanh(c_t)"],
    numbers: (now) => [`${term(now.o)}·tanh(${short(now.c)})`, `${term(now.o)}·${term(Math.tanh(now.c))}`], result: (now) => now.h,
  });
  const lines = [...gates.map(([line]) => line), cell, hidden];

  const picture = drawing(model, KEYS, HEIGHT, (page, width) => {
    step = take(model);
    draw(page, width, model, step);
    const text = `Input gate ${short(step.i)}, forget gate ${short(step.f)}, candidate ${short(step.g)}, output gate ${short(step.o)}. `
      + `The cell state goes from ${short(model.get("c"))} to ${short(step.c)}, `
      + `the hidden state from ${short(model.get("h"))} to ${short(step.h)}.`;
    page.setAttribute("aria-label", `One step of an LSTM, drawn as pipes: each gate is a valve that is open by its value. ${text}`);
    live.say(text);
    for (const line of lines) line.show(step);
  });

  const set = (values, words) => { change(model, { ...start, ...values, trace: [] }); told.textContent = words; };
  const weight = (letter, block) => lever(model, `${letter}_${block}`, "weight", `${letter}_${block}`);
  el.append(
    predict({
      question: "You shut the output valve: o = 0, so h = 0. What becomes of the cell state c?",
      answers: [
        ["It becomes 0 as well.", false, "c is made before the output valve, on the track above. The valve hides it."],
        ["It grows, because nothing flows out.", false,
          "Here the picture of water misleads. Showing c uses nothing of it up, so hiding it saves nothing."],
        ["It does not change.", true, "The output valve decides what is shown of c, not what c is."],
      ],
      revealed: html("p", {}, "Move ", formula("b_o"), " to −8 and watch both states. Then repeat the step: from there on the ",
        "gates see another ", formula("h"), ", and so c may change after all."),
    }),
    picture,
    html("p", { class: "rnn-key" }, "A stream is as wide as its amount: solid blue above zero, dashed orange below."),
    html("div", { class: "rnn-controls rnn-three" }, lever(model, "x", "input", "x_t"), lever(model, "h", "old hidden state", "h_{t−1}"),
      lever(model, "c", "old cell state", "c_{t−1}")),
    html("div", { class: "rnn-controls" }, gates.map(([, card]) => card), html("div", { class: "rnn-card" }, cell),
      html("div", { class: "rnn-card" }, hidden)),
    html("p", {}, "Try: ", ...SETTINGS.map(([name, values, words]) => button(name, () => set(values, words)))), told,
    repeater({
      model, states: ["h", "c"], start, take: () => { const { h, c } = take(model); return { h, c }; },
      lines: [["c", "rnn-blue", null, "c"], ["h", "rnn-orange", "5 3", "h"]],
    }),
    html("details", {}, html("summary", {}, "The weights"),
      html("div", { class: "rnn-controls" }, BLOCKS.flatMap((block) => [weight("w", block), weight("u", block)]))),
    live);
}

export default { render };
