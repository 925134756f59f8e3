// Recurrent cells with Keras's weights and Keras's order of the gates. The same sums as helpers.cells, step by step.
// A kernel is (inputs, k·units), row after row; a state is a Float64Array of `units`.

export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

// out[j] += Σ_i v[i] · M[i, j], for the columns `from` to `from + out.length` of a matrix with `width` columns
export function addProduct(out, v, M, width, from = 0) {
  const n = out.length;
  for (let i = 0; i < v.length; i++) {
    const factor = v[i];
    if (factor === 0) continue;
    const row = i * width + from;
    for (let j = 0; j < n; j++) out[j] += factor * M[row + j];
  }
  return out;
}

const part = (bias, from, units) => Float64Array.from(bias.subarray(from, from + units));

// What the input adds in every column, bias included. It depends on x alone, so it can be kept for a word that comes again
// and handed to a step as `input`.
export function inputPart({ kernel, bias }, x) {
  const width = kernel.length / x.length;
  return addProduct(part(bias, 0, width), x, kernel, width);
}

// h′ = tanh(x W + h U + b)
export function simpleRnnStep(weights, x, { h }, input = inputPart(weights, x)) {
  return { h: addProduct(input.slice(), h, weights.recurrent, weights.units).map(Math.tanh) };
}

// c′ = f ∘ c + i ∘ g,  h′ = o ∘ tanh(c′); gates in the order i, f, g, o (g is Keras's "c", the candidate)
export function lstmStep(weights, x, { h, c }, input = inputPart(weights, x)) {
  const { recurrent, units } = weights;
  const z = addProduct(input.slice(), h, recurrent, 4 * units);
  const i = new Float64Array(units), f = i.slice(), g = i.slice(), o = i.slice(), next = i.slice(), out = i.slice();
  for (let u = 0; u < units; u++) { // one loop: figures take thousands of steps at a keystroke
    i[u] = sigmoid(z[u]);
    f[u] = sigmoid(z[units + u]);
    g[u] = Math.tanh(z[2 * units + u]);
    o[u] = sigmoid(z[3 * units + u]);
    next[u] = f[u] * c[u] + i[u] * g[u];
    out[u] = o[u] * Math.tanh(next[u]);
  }
  return { h: out, c: next, i, f, g, o };
}

// h′ = z ∘ h + (1 − z) ∘ g; gates in the order z, r, g. `bias` is (2, 3·units) when the reset gate comes after the
// product (Keras's default), and (3·units) when it comes before.
export function gruStep(weights, x, { h }, input = inputPart(weights, x)) {
  const { recurrent, bias, units, resetAfter } = weights, width = 3 * units;
  const hidden = new Float64Array(width);
  if (resetAfter) {
    hidden.set(bias.subarray(width, 2 * width));
    addProduct(hidden, h, recurrent, width);
  } else {
    hidden.set(addProduct(new Float64Array(2 * units), h, recurrent, width));
  }
  const z = Float64Array.from({ length: units }, (_, u) => sigmoid(input[u] + hidden[u]));
  const r = Float64Array.from({ length: units }, (_, u) => sigmoid(input[units + u] + hidden[units + u]));
  const candidate = resetAfter
    ? r.map((gate, u) => gate * hidden[2 * units + u])
    : addProduct(new Float64Array(units), r.map((gate, u) => gate * h[u]), recurrent, width, 2 * units);
  const g = candidate.map((value, u) => Math.tanh(input[2 * units + u] + value));
  return { h: h.map((old, u) => z[u] * old + (1 - z[u]) * g[u]), z, r, g };
}

export const STEPS = { SimpleRNN: simpleRnnStep, LSTM: lstmStep, GRU: gruStep };

export function zeroState(kind, units) {
  return kind === "LSTM" ? { h: new Float64Array(units), c: new Float64Array(units) } : { h: new Float64Array(units) };
}

// Every state of a layer that reads the rows of `inputs`, first to last.
export function read(kind, weights, inputs, state = zeroState(kind, weights.units)) {
  const states = [];
  for (const x of inputs) {
    state = STEPS[kind](weights, x, state);
    states.push(state);
  }
  return states;
}
