// Three untrained cells, and how the gradient of the last state fades on its way back through them.
import { throughTime } from "../shared/backward.mjs";

export const KINDS = ["SimpleRNN", "LSTM", "GRU"];
export const UNITS = 16;
export const LONGEST = 200; // steps back
const FEATURES = 4, SEQUENCES = 2;
const BLOCKS = { SimpleRNN: 1, LSTM: 4, GRU: 3 }; // kernels side by side

// Numbers that look random and are the same for the same seed (mulberry32, then Box and Muller)
function normals(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return (count, scale = 1) => Float64Array.from({ length: count },
    () => scale * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
}

function length(...vectors) {
  let squares = 0;
  for (const vector of vectors) for (let u = 0; u < vector.length; u++) squares += vector[u] * vector[u];
  return Math.sqrt(squares);
}

function product(A, B, n) {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = A[i * n + k];
      for (let j = 0; j < n; j++) out[i * n + j] += factor * B[k * n + j];
    }
  }
  return out;
}

// The largest absolute value among the eigenvalues: the limit of ‖Aᵐ‖ to the power 1/m (Gelfand). Forty squarings make m = 2⁴⁰.
export function spectralRadius(A, n) {
  let power = A, logarithm = 0, weight = 1;
  for (let squaring = 0; squaring < 40; squaring++) {
    const norm = length(power);
    if (norm === 0) return 0;
    logarithm += weight * Math.log(norm);
    weight /= 2;
    power = power.map((value) => value / norm); // else it runs out of the numbers there are
    power = product(power, power, n);
  }
  return Math.exp(logarithm);
}

// Everything random, drawn once for a seed: kernels, recurrent kernels of radius 1, inputs, and a gradient for each sequence.
let drawn = {};
function draw(seed) {
  if (drawn.seed === seed) return drawn;
  const normal = normals(seed);
  drawn = { seed, kernels: {}, recurrents: {} };
  for (const kind of KINDS) {
    const width = BLOCKS[kind] * UNITS, recurrent = new Float64Array(UNITS * width);
    drawn.kernels[kind] = normal(FEATURES * width, 0.5);
    for (let block = 0; block < BLOCKS[kind]; block++) {
      const A = normal(UNITS * UNITS), radius = spectralRadius(A, UNITS);
      A.forEach((value, at) => { recurrent[Math.floor(at / UNITS) * width + block * UNITS + (at % UNITS)] = value / radius; });
    }
    drawn.recurrents[kind] = recurrent;
  }
  drawn.sequences = Array.from({ length: SEQUENCES }, () => Array.from({ length: LONGEST + 1 }, () => normal(FEATURES, 0.1)));
  drawn.last = drawn.sequences.map(() => {
    const gradient = normal(UNITS), size = length(gradient);
    return gradient.map((value) => value / size / SEQUENCES); // the loss is a mean over the sequences
  });
  return drawn;
}

// The weights of a cell in Keras's layout: every recurrent kernel has this spectral radius, and the memory gate this bias.
export function weightsOf(kind, { seed, radius, forget, update }) {
  const { kernels, recurrents } = draw(seed);
  const width = BLOCKS[kind] * UNITS, bias = new Float64Array(kind === "GRU" ? 2 * width : width);
  if (kind === "LSTM") bias.fill(forget, UNITS, 2 * UNITS); // the order is i, f, c, o
  if (kind === "GRU") bias.fill(update, 0, UNITS); // the order is z, r, h
  return { kernel: kernels[kind], recurrent: recurrents[kind].map((value) => value * radius), bias, units: UNITS,
    resetAfter: true };
}

// The sequences that are read, the last `steps` + 1 inputs of each, and the gradient of the last state of each.
export function data({ seed, steps }) {
  const { sequences, last } = draw(seed);
  return { sequences: sequences.map((inputs) => inputs.slice(LONGEST - steps)), last };
}

// left[k]: length of the gradient k steps back, as a part of that at the last step (geometric mean over the sequences; for
// an LSTM both of its states together). norm: length of the gradient of all weights together.
export function measure(kind, settings) {
  const weights = weightsOf(kind, settings), { sequences, last } = data(settings);
  const logarithms = new Float64Array(settings.steps + 1);
  const total = ["kernel", "recurrent", "bias"].map((name) => new Float64Array(weights[name].length));
  sequences.forEach((inputs, n) => {
    const back = throughTime(kind, weights, inputs, last[n]);
    const lengths = back.steps.map(({ dh, dc }) => length(dh, dc ?? [])).reverse();
    lengths.forEach((value, k) => { logarithms[k] += Math.log(value / lengths[0]) / sequences.length; });
    [back.kernel, back.recurrent, back.bias].forEach((sum, part) => sum.forEach((value, at) => { total[part][at] += value; }));
  });
  return { left: logarithms.map(Math.exp), norm: length(...total) };
}

// What clipping by global norm multiplies the gradient by.
export const clipFactor = (norm, limit) => Math.min(1, limit / norm);
