// What the heat map of a reader shows: its quantities, the order of its units, and the sums behind one cell.
import { vote } from "./model.mjs";

const STATE = { h: "h, the state", vote: "h · w, what a unit adds to the verdict" };
export const NAMES = {
  SimpleRNN: STATE,
  LSTM: {
    ...STATE, c: "c, the cell state", f: "f, the forget gate", i: "i, the input gate", g: "g, the candidate", o: "o, the output gate",
  },
  GRU: { ...STATE, z: "z, the update gate (keeps)", r: "r, the reset gate", g: "g, the candidate" },
};

// Rows as [reader, unit]: reader by reader, the units with the largest weight in the output neuron first.
export function ordered(net) {
  return net.readers.flatMap((_, which) => {
    const weight = (unit) => net.dense[which * net.units + unit];
    return Array.from({ length: net.units }, (_, unit) => [which, unit]).sort((a, b) => weight(b[1]) - weight(a[1]));
  });
}

export function valueOf(net, readers, quantity, [which, unit], place) {
  const state = readers[which].states[place];
  return quantity === "vote" ? vote(net, which, unit, state.h) : state[quantity][unit];
}

export const isGate = (quantity) => "ifozr".includes(quantity);

// The number that gets the full colour: 1 for a gate, else the largest there is.
export function highest(net, readers, quantity) {
  if (isGate(quantity)) return 1;
  let high = 0.1; // a page of zeros stays pale
  readers.forEach(({ states }, which) => states.forEach((_, place) => {
    for (let unit = 0; unit < net.units; unit++) high = Math.max(high, Math.abs(valueOf(net, readers, quantity, [which, unit], place)));
  }));
  return high;
}

const n = (value) => value.toFixed(3).replace("-", "−");
const factor = (value) => (value < 0 ? `(${n(value)})` : n(value));
const product = (...factors) => factors.map(factor).join(" · ");

// Sentences for one cell: which unit it is, and the equations of its step with the numbers in them.
export function cellText(net, readers, [which, unit], place) {
  const { states, start } = readers[which], before = states[which === 1 ? place + 1 : place - 1] ?? start;
  const at = (state) => Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values[unit]]));
  const { h, c, i, f, g, o, z, r } = at(states[place]), old = at(before), weight = net.dense[which * net.units + unit];
  const sums = {
    SimpleRNN: () => [`new h = tanh(x W + h U + b) = ${n(h)}; the old h was ${n(old.h)}`],
    LSTM: () => [`new c = f · old c + i · g = ${product(f, old.c)} + ${product(i, g)} = ${n(c)}`,
      `new h = o · tanh(c) = ${product(o, Math.tanh(c))} = ${n(h)}`],
    GRU: () => [`new h = z · old h + (1 − z) · g = ${product(z, old.h)} + ${product(1 - z, g)} = ${n(h)}, with r = ${n(r)}`],
  }[net.kind]();
  const reader = net.bidirectional ? `${["forward", "backward"][which]} reader, ` : "";
  return [`${reader}unit ${unit}:`, ...sums, `what it adds to the logit here: h · w = ${product(h, weight)} = ${n(h * weight)}`];
}
