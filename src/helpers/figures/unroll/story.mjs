// The numbers and sentences of the unrolled network: what happens in the step that is shown, as a formula with its numbers.
import { superscript } from "../shared/numbers.mjs";
import { soFar } from "./model.mjs";

// Letters as in the chapters: small for one unit, capitals for matrices.
export const letters = (units) => ({ kernel: units === 1 ? "w" : "W", recurrent: units === 1 ? "u" : "U", bias: "b" });

export const below = (whole) => String(whole).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

// two decimals for a state, three for a gradient; never a zero with a minus
export function fixed(value, decimals = 2) {
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

// a gradient in little room: 0.012, or 4·10⁻⁵
export function gradient(value) {
  if (value === 0 || Math.abs(value) >= 0.0005) return fixed(value, 3);
  const [mantissa, exponent] = value.toExponential(0).split("e");
  return `${mantissa.replace("-", "−")}·10${superscript(Number(exponent))}`;
}

const row = (values, write) => (values.length === 1 ? write(values[0]) : `(${Array.from(values, write).join(", ")})`);
const states = (values) => row(values, (value) => fixed(value));
const three = (values) => row(values, (value) => fixed(value, 3));
const gradients = (values) => row(values, gradient);
const factor = (text) => (text.startsWith("−") ? `(${text})` : text); // 2·(−1), not 2·−1
const times = (weight, text) => `${fixed(weight)}·${factor(text)}`;

function matrix(values, units, write) {
  const rows = Array.from({ length: units }, (_, j) => row(values.slice(j * units, (j + 1) * units), write));
  return units === 1 ? rows[0] : `(${rows.join(", ")})`;
}

// Where the reader is: the loop, the way there (step t), or the way back (step t), t from 0
export function placeOf(position, count) {
  if (position === 0 || count === 0) return { phase: "loop" };
  return position <= count ? { phase: "there", t: position - 1 } : { phase: "back", t: 2 * count - position };
}

// A list of sentences about the step.
export function story({ words, trip, weights, units, target, place }) {
  const { kernel: w, recurrent: u, bias: b } = letters(units);
  if (words.length === 0) return ["Write at least one word."];
  if (place.phase === "loop") {
    const all = units * (units + 2);
    return [`The network is one cell and a loop: ${all} numbers in ${w}, ${u} and ${b}. What comes out, h, goes in again `
      + "with the next word. Press Step and lay the loop out in time."];
  }
  const { t } = place, { x, before, h, sum, dh, da, terms } = trip.steps[t];
  const now = below(t + 1), old = below(t), later = below(t + 2);
  if (place.phase === "there") {
    const inside = units === 1
      ? `${times(weights.kernel[0], fixed(x, 1))} + ${times(weights.recurrent[0], fixed(before[0]))} + ${factor(fixed(weights.bias[0]))}`
      : `${states(sum.fromInput)} + ${states(sum.fromState)} + ${states(weights.bias)}`;
    const general = units === 1 ? `${w}·x${now} + ${u}·h${old} + ${b}` : `x${now} ${w} + h${old} ${u} + ${b}`;
    return [`Step ${t + 1}, “${words[t]}”, x${now} = ${fixed(x, 1)}:`,
      `h${now} = tanh(${general}) = tanh(${inside}) = tanh(${states(sum.a).replace(/^\(|\)$/g, "")}) = ${states(h)}`];
  }
  const last = t === words.length - 1, by = units === 1 ? "·" : " ⊙ ";
  const slope = Array.from(h, (value) => 1 - value * value);
  const from = last
    ? `The last state should be ${states(target)}. dh${now} = ${three(h)} − ${factor(three(target))} = ${gradients(dh)}`
    : units === 1
      ? `dh${now} = ${u}·da${later} = ${times(weights.recurrent[0], gradients(trip.steps[t + 1].da))} = ${gradients(dh)}`
      : `dh${now} = da${later} ${u}ᵀ = ${gradients(dh)}`;
  const product = units === 1 ? `h${old}·da${now} = ${fixed(before[0])}·${factor(gradients(da))}` : `h${old}ᵀ da${now}`;
  const state = t === 0 ? ", since h₀ = 0" : "";
  return [
    `Back in step ${t + 1}, “${words[t]}”. ${from}`,
    `da${now} = dh${now}${by}(1 − h${now}²) = ${gradients(dh)}${by}${states(slope)} = ${gradients(da)}`,
    `To the one d${u} it adds ${product} = ${matrix(terms.recurrent, units, gradient)}${state}. `
      + `${t === 0 ? "The sum" : "So far"}: d${u} = ${matrix(soFar(trip.steps, t, "recurrent"), units, gradient)}`,
  ];
}

// The picture in words.
export function description({ words, trip, units, place }) {
  const { kernel: w, recurrent: u, bias: b } = letters(units);
  if (place.phase === "loop") {
    return `A cell h with an arrow from itself to itself, ${u}, and an arrow from the word to it, ${w}. A line leads from it to the one `
      + "set of weights.";
  }
  const read = place.phase === "there" ? place.t + 1 : words.length;
  const said = trip.steps.slice(0, read).map(({ h }, t) => `h${t + 1} = ${states(h)} at ${words[t]}`).join("; ");
  const back = place.phase === "back"
    ? ` On the way back: ${trip.steps.map(({ da }, t) => `da${t + 1} = ${gradients(da)}`).slice(place.t).reverse().join("; ")}.` : "";
  return `The loop laid out in time, ${read} of ${words.length} words read, each cell joined to the next. From every cell a line leads `
    + `to the same one set of weights ${w}, ${u}, ${b}. ${said}.${back}`;
}
