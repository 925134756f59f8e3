// A SimpleRNN of one or two units reads a few words, one number a word, and goes back through them.
import { read } from "../shared/cells.mjs";
import { throughTime } from "../shared/backward.mjs";

export const MOST_WORDS = 8;

// At most eight words of at most twenty characters.
export function wordsOf(text) {
  const words = String(text).slice(0, 400).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  return words.map((word) => [...word].slice(0, 20).join(""));
}

// The number that stands for a word: the one it was given (then every other word is 0), else one made of its letters, from
// −1 to 1 in tenths, the same on every machine (FNV-1a).
export function numberOf(word, given) {
  const key = word.toLowerCase();
  if (given) return Object.hasOwn(given, key) ? given[key] : 0;
  let hash = 0x811c9dc5;
  for (const character of key) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193) >>> 0;
  return ((hash >>> 8) % 21 - 10) / 10;
}

// Everything that happens on the way there and back. The loss is ½ ‖h_T − target‖².
export function journey({ words, given, kernel, recurrent, bias, target }) {
  const units = bias.length, xs = words.map((word) => numberOf(word, given));
  const weights = { kernel: Float64Array.from(kernel), recurrent: Float64Array.from(recurrent), bias: Float64Array.from(bias), units };
  if (xs.length === 0) return { xs, steps: [] };
  const inputs = xs.map((x) => [x]);
  const reached = read("SimpleRNN", weights, inputs).at(-1).h;
  const back = throughTime("SimpleRNN", weights, inputs, reached.map((value, u) => value - target[u]));
  const steps = xs.map((x, t) => {
    const before = t === 0 ? new Float64Array(units) : back.states[t - 1].h;
    const { da, dh } = back.steps[t];
    // what this step adds to the gradients
    const terms = { kernel: da.map((value) => x * value), bias: da, recurrent: outer(before, da) };
    return { x, before, h: back.states[t].h, sum: sumInside(weights, x, before), dh, da, terms };
  });
  return { xs, steps, kernel: back.kernel, recurrent: back.recurrent, bias: back.bias };
}

// The gradients as they stand after the way back has come to step `from`.
export function soFar(steps, from, name) {
  const sum = new Float64Array(steps[0].terms[name].length);
  for (let t = steps.length - 1; t >= from; t--) steps[t].terms[name].forEach((value, at) => { sum[at] += value; });
  return sum;
}

const outer = (v, w) => Float64Array.from({ length: v.length * w.length }, (_, at) => v[Math.floor(at / w.length)] * w[at % w.length]);

// a_t, and the two products in it
function sumInside({ kernel, recurrent, bias, units }, x, before) {
  const fromInput = kernel.map((value) => x * value);
  const fromState = kernel.map((_, k) => before.reduce((sum, value, j) => sum + value * recurrent[j * units + k], 0));
  return { fromInput, fromState, a: fromInput.map((value, k) => value + fromState[k] + bias[k]) };
}
