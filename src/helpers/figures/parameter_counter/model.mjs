// How many parameters a stack of layers has, and which slip leads to another number. No elements here, only numbers and texts.
import { number } from "../shared/numbers.mjs";

export const LARGEST = 1_000_000; // of a single entry, so that every sum stays exact
const BLOCKS = { SimpleRNN: 1, GRU: 3, LSTM: 4 };

export const isRecurrent = (layer) => layer.kind in BLOCKS;
export const thousands = (whole) => String(whole).replace(/\B(?=(\d{3})+$)/g, ",");

// What somebody typed as a whole number: { value } or { error }, a sentence.
export function whole(typed, what, largest = LARGEST) {
  const text = String(typed).trim(), shown = text.length > 20 ? `${text.slice(0, 20)}…` : text;
  if (text === "") return { error: `${what}: type a whole number, such as 32.` };
  const plain = text.replace(/[\s,_'’]/g, "").replace("−", "-");
  if (!/^[-+]?\d+(\.\d+)?(e\+?\d+)?$/i.test(plain)) return { error: `${what}: “${shown}” is not a number. Type one such as 32.` };
  const value = Number(plain);
  if (value > largest) {
    return { error: `${what}: ${shown} is too many for this figure, which counts up to ${thousands(largest)}.${large(value, what)}` };
  }
  if (!Number.isInteger(value)) return { error: `${what}: ${shown} is not whole, and there is no half of a unit or word.` };
  if (value < 1) return { error: `${what}: ${shown} is too few. A layer needs at least 1.` };
  return { value };
}

function large(value, what) {
  if (what !== "units" || !Number.isFinite(value * value)) return "";
  return ` With so many units U alone would have ${number(value * value)} numbers.`;
}

// The layer as Keras writes it.
export function inKeras(layer, sequences = layer.return_sequences) {
  if (layer.kind === "Embedding") return `Embedding(${layer.num_words}, ${layer.output_dim})`;
  const options = [layer.units, layer.kind === "GRU" && !layer.reset_after ? "reset_after=False" : "",
    isRecurrent(layer) && sequences ? "return_sequences=True" : ""].filter((option) => option !== "");
  const own = `${layer.kind}(${options.join(", ")})`;
  return isRecurrent(layer) && layer.bidirectional ? `Bidirectional(${own})` : own;
}

const made = ({ ways, blocks, n, d, recurrent, biases }) => ways * blocks * n * (d + (recurrent ? n : 0) + biases);

function written({ ways, blocks, n, d, recurrent, biases }, units, inputs) {
  const times = [ways, blocks].filter((factor) => factor > 1).map((factor) => `${factor}·`).join("");
  return `${times}${units(n)}·(${inputs(d)}${recurrent ? ` + ${units(n)}` : ""} + ${biases})`;
}

// A row for each layer, from the input up: { name, formula, numbers, parameters, width, notes } or { name, error }.
export function count(layers, features) {
  const rows = [];
  let width = layers[0]?.kind === "Embedding" ? null : whole(features, "input features").value ?? null;
  layers.forEach((layer, place) => {
    const sequences = isRecurrent(layer) && (layers.slice(place + 1).some(isRecurrent) || layer.return_sequences);
    const row = { name: inKeras(layer, sequences), sequences, forced: layers.slice(place + 1).some(isRecurrent) };
    Object.assign(row, layer.kind === "Embedding" ? embedding(layer, place) : affine(layer, width));
    width = row.width ?? null;
    rows.push(row);
  });
  return rows;
}

function embedding(layer, place) {
  if (place > 0) return { error: "An Embedding turns words into vectors, so it can only come first. Move it up or remove it." };
  const words = whole(layer.num_words, "words"), size = whole(layer.output_dim, "numbers per word");
  if (words.error ?? size.error) return { error: words.error ?? size.error };
  const V = words.value, d = size.value;
  return { V, formula: "V·d", numbers: `${thousands(V)}·${thousands(d)}`, parameters: V * d, width: d };
}

function affine(layer, d) {
  const { value: n, error } = whole(layer.units, "units");
  if (error) return { error };
  if (d === null) return { error: "It cannot be counted before what it reads is right." };
  const recurrent = isRecurrent(layer), ways = recurrent && layer.bidirectional ? 2 : 1;
  const spec = { ways, blocks: BLOCKS[layer.kind] ?? 1, n, d, recurrent, biases: layer.kind === "GRU" && layer.reset_after ? 2 : 1 };
  const formula = written(spec, () => "n", () => "d"), numbers = written(spec, thousands, thousands);
  return { kind: layer.kind, spec, formula, numbers, parameters: made(spec), width: ways * n };
}

export const total = (rows) => (rows.some((row) => row.error) ? null : rows.reduce((sum, row) => sum + row.parameters, 0));

// --- slips -----------------------------------------------------------------------------------------------------------

// What can go wrong with one layer, one thing at a time: [key, words, the changed numbers]. Equal keys are the same slip.
function slips(row, below, first) {
  if (!row.spec) return [];
  const { spec: { ways, blocks, biases, recurrent, d }, kind } = row, found = [["bias", "without its biases", { biases: 0 }]];
  if (kind === "GRU") {
    found.push(biases === 2
      ? ["second", "with one bias in each block (reset_after=True has two)", { biases: 1 }]
      : ["second", "with two biases in each block (reset_after=False has one)", { biases: 2 }]);
  }
  if (ways === 2) found.push(["ways", "in one direction only (forgotten: ×2)", { ways: 1 }]);
  if (blocks > 1) found.push(["blocks", `as a single block (forgotten: ×${blocks})`, { blocks: 1 }]);
  if (kind === "LSTM") found.push(["other", "with three blocks (an LSTM has four)", { blocks: 3 }]);
  if (kind === "GRU") found.push(["other", "with four blocks (a GRU has three)", { blocks: 4 }]);
  if (recurrent) found.push(["recurrent", "without the recurrent kernel (n·n)", { recurrent: false }]);
  const reads = (wrong, why) => ["reads", `as if it read ${thousands(wrong)} numbers (${why} hands on ${thousands(d)})`, { d: wrong }];
  if (below?.spec?.ways === 2) found.push(reads(d / 2, "the bidirectional layer before it"));
  if (below?.V) found.push(reads(below.V, "the embedding"));
  if (first && below !== first && first.width !== d && first.width !== d / 2) found.push(reads(first.width, "the layer before it"));
  return found;
}

// Every wrong number for a layer that comes of one slip or of two: { keys, words, value }.
function mistakes(row, below, first) {
  const single = slips(row, below, first).map(([key, words, changed]) => ({ keys: [key], words, changed }));
  const pairs = single.flatMap((one, place) => single.slice(place + 1)
    .filter((other) => !Object.keys(other.changed).some((name) => name in one.changed))
    .map((other) => ({
      keys: [...one.keys, ...other.keys], words: `${one.words} and ${other.words}`, changed: { ...one.changed, ...other.changed },
    })));
  const counted = [...single, ...pairs].map(({ keys, words, changed }) => ({ keys, words, value: made({ ...row.spec, ...changed }) }));
  if (row.V) {
    counted.push({ keys: ["bias"], words: "with a bias or a row too many (it has V·d and no more)", value: row.parameters + row.width });
  }
  return [...counted, { keys: ["out"], words: "not at all (left out)", value: 0 }];
}

// Sentences that say which slip makes this number out of the right one; the simplest explanations only, at most three.
export function explain(rows, guess) {
  const right = total(rows), first = rows[0]?.V ? rows[0] : null;
  const known = rows.flatMap((row, place) => mistakes(row, rows[place - 1], first)
    .map((mistake) => ({ ...mistake, place, off: mistake.value - row.parameters })).filter((mistake) => mistake.off !== 0));
  const say = (mistake) => `layer ${mistake.place + 1} is counted ${mistake.words}`;
  const off = guess - right, simple = known.filter((mistake) => mistake.keys.length === 1);

  const alone = rows.findIndex((row) => row.parameters === guess);
  if (alone >= 0 && rows.length > 1) return [`this is layer ${alone + 1} alone`];
  const one = simple.filter((mistake) => mistake.off === off).map(say);
  const everywhere = ["bias", "second", "ways", "blocks", "recurrent", "reads"].flatMap((key) => {
    const all = simple.filter((mistake) => mistake.keys[0] === key && !(key === "bias" && rows[mistake.place].V));
    const places = all.map((mistake) => mistake.place + 1);
    const fits = new Set(places).size > 1 && all.reduce((sum, mistake) => sum + mistake.off, 0) === off;
    return fits ? [`the same slip in layers ${places.join(", ")}: each is counted ${all[0].words}`] : [];
  });
  if (one.length + everywhere.length) return [...one, ...everywhere].slice(0, 3);

  const two = known.filter((mistake) => mistake.keys.length === 2 && mistake.off === off).map(say);
  simple.forEach((mistake, place) => {
    for (const other of simple.slice(place + 1)) {
      if (other.place !== mistake.place && mistake.off + other.off === off) two.push(`${say(mistake)}, and ${say(other)}`);
    }
  });
  return two.slice(0, 3);
}
