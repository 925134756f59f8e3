// A recorded review classifier in the page: Embedding, one recurrent layer or two readers, one sigmoid neuron.
// The weights come as float16, one array after the other in the order of Keras's get_weights().
import { STEPS, inputPart, sigmoid, zeroState } from "./cells.mjs";
import { PAD } from "./text.mjs";

export const LENGTH = 200; // codes of a review: zeros in front of a shorter one, the beginning of a longer one cut off

const PARTS = { SimpleRNN: 1, LSTM: 4, GRU: 3 }; // column blocks of a kernel: one for each gate and the candidate

function halves(view) {
  const scale = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 25));
  const numbers = new Float32Array(view.byteLength / 2);
  for (let i = 0; i < numbers.length; i++) {
    const bits = view.getUint16(2 * i, true), exponent = (bits >> 10) & 31;
    const size = ((exponent === 0 ? 0 : 1024) + (bits & 1023)) * scale[exponent];
    numbers[i] = bits & 0x8000 ? -size : size;
  }
  return numbers;
}

// `recorded` is { kind, words, features, units, bidirectional, masked }; reset_after is false in all recorded GRUs.
export function unpack(view, recorded) {
  const { kind, words, features, units, bidirectional } = recorded, width = PARTS[kind] * units;
  const numbers = halves(view);
  let used = 0;
  const take = (length) => numbers.subarray(used, (used += length));
  const embedding = take(words * features);
  const readers = Array.from({ length: bidirectional ? 2 : 1 }, () => ({
    units, resetAfter: false, kernel: take(features * width), recurrent: take(units * width), bias: take(width),
    inputs: new Map(), afterZeros: [], // kept from review to review
  }));
  const dense = take(readers.length * units), denseBias = take(1)[0];
  if (used !== numbers.length) throw new Error(`the weights hold ${numbers.length} numbers, the model has ${used}`);
  return { ...recorded, vector: (code) => embedding.subarray(code * features, (code + 1) * features), readers, dense, denseBias };
}

function step(model, reader, code, state) {
  let input = reader.inputs.get(code);
  if (!input) reader.inputs.set(code, (input = inputPart(reader, model.vector(code))));
  return STEPS[model.kind](reader, null, state, input);
}

// The state of a reader after so many zeros and nothing else. A masked model skips zeros. Kept: every review asks again.
function afterZeros(model, reader, count) {
  const known = reader.afterZeros;
  if (known.length === 0) known.push(zeroState(model.kind, reader.units));
  while (known.length <= count) known.push(step(model, reader, PAD, known.at(-1)));
  return known[model.masked ? 0 : count];
}

// The states of one reader at every code, in the order of the review; the state it starts from and the one it ends with.
function readOneWay(model, reader, codes, backwards) {
  const states = new Array(codes.length), zeros = LENGTH - codes.length;
  const start = backwards ? zeroState(model.kind, reader.units) : afterZeros(model, reader, zeros);
  let last = start;
  for (let i = 0; i < codes.length; i++) {
    const at = backwards ? codes.length - 1 - i : i;
    last = states[at] = step(model, reader, codes[at], last);
  }
  if (backwards && !model.masked) { // the zeros stand in front: this reader comes to them last
    for (let i = 0; i < zeros; i++) last = step(model, reader, PAD, last);
  }
  return { states, start, last };
}

// What the unit `u` of reader `which` adds to the logit when its state is h.
export function vote(model, which, u, h) {
  return model.dense[which * model.units + u] * h[u];
}

// All units of a reader together.
function voice(model, which, h) {
  let sum = 0;
  for (let u = 0; u < model.units; u++) sum += vote(model, which, u, h);
  return sum;
}

// A review, at most LENGTH codes: { logit, probability, readers: [{ states, start, last }, …], voices, running }. `voices` holds
// what each reader adds to the logit, `running` the probability after each code: the output neuron on the state there.
// Two readers have no such thing (null): with each word the second one starts anew.
export function readReview(model, codes) {
  const readers = model.readers.map((reader, which) => readOneWay(model, reader, codes, which === 1));
  const voices = readers.map((reader, which) => voice(model, which, reader.last.h));
  const logit = voices.reduce((sum, one) => sum + one, model.denseBias);
  const running = model.bidirectional ? null
    : readers[0].states.map((state) => sigmoid(model.denseBias + voice(model, 0, state.h)));
  return { logit, probability: sigmoid(logit), readers, voices, running };
}
