// A recorded review classifier in the page: Embedding, one recurrent layer or two readers, one sigmoid neuron.
// The weights come as float16, one array after the other in the order of Keras's get_weights().
import { STEPS, inputPart, sigmoid, zeroState } from "../shared/cells.mjs";
import { OOV, PAD, START, encode, tokenize } from "../shared/text.mjs";

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

// A text as the networks get it: its last LENGTH codes, what each of them stands for, and the words that go unread.
export function coded(text, codeOf) {
  const words = tokenize(text), codes = encode(words, codeOf), cut = Math.max(0, codes.length - LENGTH);
  const all = [null, ...words], read = all.slice(cut); // null is the start
  return {
    text, codes: codes.slice(cut), beyond: all.slice(0, cut),
    names: codes.slice(cut).map((code, i) => (code === START ? "(start)" : code === OOV ? `[${shorten(read[i], 40)}]` : read[i])),
  };
}

export const shorten = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

// The recorded networks by name, and what each makes of the review of the moment; both are kept. `weightsOf(name)` gives
// a DataView, or a function that promises one. `changed()` is called when something has come that was not there at first.
export function library(recorded, weightsOf, changed) {
  const networks = new Map(), failed = new Set(), readings = new Map();
  let newest;

  // The network, or nothing yet: a page fetches one that is not shown at first when it is chosen.
  function network(name) {
    if (networks.has(name)) return networks.get(name);
    const weights = weightsOf(name), keep = (view) => networks.set(name, unpack(view, recorded[name])).get(name);
    if (typeof weights !== "function") return keep(weights);
    networks.set(name, null);
    weights().then(keep, () => failed.add(name)).then(() => changed());
    return null;
  }

  // What the network makes of a review: readReview's result, the review and the network. While its weights are on their
  // way, nothing.
  function reading(name, review) {
    newest = review;
    const known = readings.get(name), net = network(name);
    if (!net || known?.review === review) return known;
    const one = { net, label: recorded[name].label, review, ...readReview(net, review.codes) };
    readings.set(name, one);
    if (!one.running) readBeginnings(name, one);
    return one;
  }

  // Two readers: the answer after each word takes a reading of its own. A slice at a time, so that the page stays awake.
  function readBeginnings(name, one) {
    const { codes } = one.review, { running } = Object.assign(one, { running: [] });
    const go = () => {
      if (readings.get(name) !== one || one.review !== newest) return;
      const until = performance.now() + 25;
      while (running.length < codes.length && performance.now() < until) {
        running.push(readReview(one.net, codes.slice(0, running.length + 1)).probability);
      }
      changed();
      if (running.length < codes.length) setTimeout(go);
    };
    setTimeout(go);
  }

  const waiting = (name) => !networks.get(name);
  return { network, reading, waiting, failed: (name) => failed.has(name) };
}
