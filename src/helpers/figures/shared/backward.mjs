// Backpropagation through time for the cells of cells.mjs: the same sums as helpers.cells's backward functions.
// `d` before a name is the gradient of the loss with respect to it; `da` belongs to the sums inside the activations.
import { addProduct, read } from "./cells.mjs";

// Σ_j v[j] · M[i, j] for every row i: a gradient goes back through a matrix the other way round
function throughTransposed(v, M, rows, from = 0, width = v.length) {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0, at = i * width + from; j < v.length; j++) sum += v[j] * M[at + j];
    out[i] = sum;
  }
  return out;
}

// sum[i, j] += v[i] · w[j]
function addOuter(sum, v, w) {
  for (let i = 0, at = 0; i < v.length; i++) {
    for (let j = 0; j < w.length; j++, at++) sum[at] += v[i] * w[j];
  }
}

// One step back. Given the gradients of the state after the step, each returns `da`, what reaches the recurrent side
// (`daU`, for a GRU not the same), and the gradients of the state before.
function simpleRnnBack({ recurrent, units }, before, after, { dh }) {
  const da = dh.map((value, u) => value * (1 - after.h[u] ** 2));
  return { da, daU: da, dh: throughTransposed(da, recurrent, units) };
}

function lstmBack({ recurrent, units }, before, { i, f, g, o, c }, { dh, dc }) {
  const da = new Float64Array(4 * units), through = new Float64Array(units), whole = new Float64Array(units);
  for (let u = 0; u < units; u++) {
    const squashed = Math.tanh(c[u]);
    whole[u] = dc[u] + dh[u] * o[u] * (1 - squashed ** 2); // the next step reads c, and h is made of it
    da[u] = whole[u] * g[u] * i[u] * (1 - i[u]);
    da[units + u] = whole[u] * before.c[u] * f[u] * (1 - f[u]);
    da[2 * units + u] = whole[u] * i[u] * (1 - g[u] ** 2);
    da[3 * units + u] = dh[u] * squashed * o[u] * (1 - o[u]);
    through[u] = whole[u] * f[u]; // no matrix on this road, only the forget gate
  }
  return { da, daU: da, dh: throughTransposed(da, recurrent, units), dc: through, whole }; // `whole`: all of dc
}

// Keras's default, with the reset gate after the product
function gruBack({ recurrent, bias, units }, before, { z, r, g }, { dh }) {
  const width = 3 * units, da = new Float64Array(width), daU = new Float64Array(width);
  const product = addProduct(Float64Array.from(bias.subarray(width + 2 * units, 2 * width)), before.h, recurrent, width, 2 * units);
  for (let u = 0; u < units; u++) {
    const candidate = dh[u] * (1 - z[u]) * (1 - g[u] ** 2);
    da[u] = daU[u] = dh[u] * (before.h[u] - g[u]) * z[u] * (1 - z[u]);
    da[units + u] = daU[units + u] = candidate * product[u] * r[u] * (1 - r[u]);
    da[2 * units + u] = candidate;
    daU[2 * units + u] = candidate * r[u];
  }
  const through = throughTransposed(daU, recurrent, units);
  return { da, daU, dh: through.map((value, u) => value + dh[u] * z[u]) };
}

const BACK = { SimpleRNN: simpleRnnBack, LSTM: lstmBack, GRU: gruBack };

// Reads `inputs`, then goes back from `last`, the gradient of the last state h. Returns the states, the sums over all steps
// (kernel, recurrent, bias), and for every step dh, da and, in an LSTM, dc.
export function throughTime(kind, weights, inputs, last) {
  const { units } = weights, none = new Float64Array(units);
  const states = read(kind, weights, inputs);
  const sums = { kernel: new Float64Array(weights.kernel.length), recurrent: new Float64Array(weights.recurrent.length),
    bias: new Float64Array(weights.bias.length) };
  const steps = new Array(inputs.length);
  let carried = { dh: Float64Array.from(last), dc: none };
  for (let t = inputs.length - 1; t >= 0; t--) {
    const before = states[t - 1] ?? { h: none, c: none };
    const step = BACK[kind](weights, before, states[t], carried);
    steps[t] = { dh: carried.dh, dc: step.whole, da: step.da };
    addOuter(sums.kernel, inputs[t], step.da);
    addOuter(sums.recurrent, before.h, step.daU);
    for (let j = 0; j < step.da.length; j++) sums.bias[j] += step.da[j];
    if (kind === "GRU") for (let j = 0, width = 3 * units; j < width; j++) sums.bias[width + j] += step.daU[j];
    carried = step;
  }
  return { states, steps, ...sums };
}
