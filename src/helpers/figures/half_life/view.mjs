// How long an LSTM keeps what it has stored: the forget gate σ(b), multiplied with itself step by step.
import { axes, announcer, drawing, html, points, predict, scale, slider, svg } from "../shared/dom.mjs";
import { number, superscript } from "../shared/numbers.mjs";
import { sigmoid } from "../shared/cells.mjs";

const HEIGHT = 300, LEFT = 46, TOP = 34, BOTTOM = 250, LEAST = 1e-4;

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const facts = html("p", { class: "rnn-facts" }), live = announcer();
  const y = scale([LEAST, 1], [BOTTOM, TOP], true);

  const picture = drawing(model, ["bias", "steps"], HEIGHT, (page, width) => {
    const bias = model.get("bias"), steps = model.get("steps");
    const gate = sigmoid(bias), halfLife = -Math.LN2 / Math.log(gate);
    const right = width - 20, x = scale([0, steps], [LEFT, right]);
    const end = Math.min(steps, Math.log(LEAST) / Math.log(gate)); // a straight line on this axis
    page.replaceChildren(
      axes({
        x, y, left: LEFT, right, top: TOP, bottom: BOTTOM, xName: "steps since it was stored", yName: "share that is left",
        xTicks: [0, 0.25, 0.5, 0.75, 1].map((part) => [part * steps, String(Math.round(part * steps))]),
        yTicks: [0, -1, -2, -3, -4].map((power) => [10 ** power, power === 0 ? "1" : `10${superscript(power)}`]),
      }),
      svg("polyline", { class: "rnn-line rnn-blue", points: points([[x(0), y(1)], [x(end), y(Math.max(LEAST, gate ** end))]]) }));
    if (halfLife <= steps) {
      const at = x(halfLife), leftwards = at > width / 2;
      page.append(
        svg("line", { class: "rnn-line rnn-orange", "stroke-dasharray": "6 4", x1: at, x2: at, y1: TOP, y2: BOTTOM }),
        svg("text", { class: "rnn-strong", x: at + (leftwards ? -8 : 8), y: BOTTOM - 8, "text-anchor": leftwards ? "end" : "start" },
          `half-life ${number(halfLife, 1)}`));
    }
    const text = `Bias ${number(bias, 1)}: the gate is σ(${number(bias, 1)}) = ${number(gate, 4)}, the half-life `
      + `${number(halfLife, 1)} steps. After ${steps} steps ${number(gate ** steps, 4)} is left.`;
    facts.textContent = text;
    page.setAttribute("aria-label", `Share of the cell state that is left after each step, on a logarithmic axis. ${text}`);
    live.say(text);
  });

  el.append(
    predict({
      question: "A forget-gate bias of 0 makes the gate σ(0) = 0.5. How much of what the cell stores is left after ten steps?",
      answers: [
        ["about a half", false, "A half is left after one step. Every further step halves it again."],
        ["about a tenth", false, "Ten halvings leave less than that: look at the line below."],
        ["about a thousandth", true, "0.5 multiplied with itself ten times is 1/1024."],
      ],
      revealed: html("p", {}, "Keras starts this bias at 1, not at 0 (", html("code", {}, "unit_forget_bias=True"),
        "). Set the slider to 0, then to 1, and compare the half-lives."),
    }),
    html("div", { class: "rnn-controls" },
      slider(model, "bias", { label: "forget-gate bias b =", min: -2, max: 8, step: 0.1, format: (value) => number(value, 1) }),
      slider(model, "steps", { label: "steps shown:", min: 10, max: 500, step: 10, format: String })),
    picture, facts, live);
}

export default { render };
