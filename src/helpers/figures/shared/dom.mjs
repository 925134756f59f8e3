// What every figure draws with: elements, controls, axes. All text goes in as text, never as HTML.
import { number } from "./numbers.mjs";

const SVG = "http://www.w3.org/2000/svg";
const BARE = /^(value|checked|disabled|hidden|className|htmlFor|textContent|id)$/;
let used = 0;

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (BARE.test(key)) node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

// html("button", { type: "button", onclick: step }, "Step")
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

// svg("circle", { cx: 5, cy: 5, r: 4, class: "rnn-blue" })
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function setAll(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
}

export function ownId(prefix) {
  used += 1;
  return `rnn-${prefix}-${used}-${Math.random().toString(36).slice(2, 7)}`; // two copies of a figure may stand on a page
}

// A labelled slider bound to a value of the model. The label shows the value; arrow keys move it.
export function slider(model, key, { label, min, max, step, format = (value) => number(value) }) {
  const id = ownId(key);
  const shown = html("output", { for: id });
  const input = html("input", { type: "range", id, min, max, step });
  const show = () => {
    input.value = model.get(key);
    shown.textContent = format(model.get(key));
    input.setAttribute("aria-valuetext", format(model.get(key)));
  };
  input.addEventListener("input", () => change(model, { [key]: Number(input.value) }));
  follow(model, [key], show);
  return html("div", { class: "rnn-control" }, html("label", { for: id }, label, " ", shown), input);
}

export function checkbox(model, key, label) {
  const input = html("input", { type: "checkbox", onchange: () => change(model, { [key]: input.checked }) });
  follow(model, [key], () => { input.checked = Boolean(model.get(key)); });
  return html("label", { class: "rnn-control rnn-inline" }, input, " ", label);
}

// Radio buttons; options are [value, text] pairs.
export function choice(model, key, label, options) {
  const name = ownId(key);
  const inputs = options.map(([value, text]) => {
    const input = html("input", { type: "radio", name, value: String(value), onchange: () => change(model, { [key]: value }) });
    return [value, input, html("label", { class: "rnn-inline" }, input, " ", text)];
  });
  follow(model, [key], () => { for (const [value, input] of inputs) input.checked = value === model.get(key); });
  return html("fieldset", { class: "rnn-control" }, html("legend", {}, label), ...inputs.map(([, , wrapped]) => wrapped));
}

export function select(model, key, label, options) {
  const id = ownId(key);
  const input = html("select", { id, onchange: () => change(model, { [key]: options[input.selectedIndex][0] }) },
    ...options.map(([value, text]) => html("option", { value: String(value) }, text)));
  follow(model, [key], () => { input.selectedIndex = options.findIndex(([value]) => value === model.get(key)); });
  return html("div", { class: "rnn-control" }, html("label", { for: id }, label, " "), input);
}

export function button(text, onclick, attributes = {}) {
  return html("button", { type: "button", class: "rnn-button", onclick, ...attributes }, text);
}

// A box for text, read when the keys have rested. Of a text longer than `limit` characters the first ones are kept, or
// the last with `end`. `also` holds values to write together with the text.
export function textBox(model, key, label, { limit, end = false, also = {}, rows = 3 }) {
  const id = ownId(key), note = html("p", { role: "status" });
  const box = html("textarea", { id, rows, spellcheck: "false" });
  let waiting;
  box.addEventListener("input", () => {
    const long = box.value.length > limit;
    if (long) box.value = end ? box.value.slice(-limit) : box.value.slice(0, limit);
    note.textContent = long
      ? `Your text was longer than ${limit.toLocaleString("en")} characters. The ${end ? "last" : "first"} ones were kept.` : "";
    clearTimeout(waiting);
    waiting = setTimeout(() => change(model, { [key]: box.value, ...also }), 60);
  });
  follow(model, [key], () => { if (box.value !== model.get(key)) box.value = model.get(key); });
  return html("div", { class: "rnn-control" }, html("label", { for: id }, label), box, note);
}

// Write values and hand them to Python, if there is one.
export function change(model, values) {
  for (const [key, value] of Object.entries(values)) model.set(key, value);
  model.save_changes();
}

// Call back now and whenever one of the values changes.
export function follow(model, keys, callback) {
  for (const key of keys) model.on(`change:${key}`, callback);
  callback();
}

// A line that a screen reader reads when its text has been the same for a moment: not at every step of a slider.
export function announcer() {
  const node = html("p", { class: "rnn-live", "aria-live": "polite" });
  let waiting;
  node.say = (text) => {
    if (!node.isConnected) { node.textContent = text; return; } // what a figure starts with is no news
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (node.textContent !== text) node.textContent = text; }, 250);
  };
  return node;
}

// One question to answer before the figure shows its result. `answers` are [text, is it right, what to say] triples.
// The figure itself is there from the start; `revealed` is what the question asks for.
export function predict({ question, answers, revealed = [] }) {
  const name = ownId("predict");
  const verdict = html("p", { class: "rnn-verdict", "aria-live": "polite" });
  const rest = html("div", { hidden: true }, revealed);
  const radios = answers.map(([text, right, explanation]) => {
    const input = html("input", { type: "radio", name, onchange: () => {
      verdict.textContent = `${right ? "✓ Right." : "✗ Not quite."} ${explanation}`;
      rest.hidden = false;
    } });
    return html("label", {}, input, " ", text);
  });
  return html("div", { class: "rnn-predict" },
    html("fieldset", {}, html("legend", {}, html("strong", {}, "Predict. "), question), ...radios), verdict, rest);
}

// A linear or logarithmic scale from data to pixels.
export function scale([low, high], [from, to], logarithmic = false) {
  const at = logarithmic ? Math.log10 : (value) => value;
  return (value) => from + ((at(value) - at(low)) / (at(high) - at(low))) * (to - from);
}

// Axes with ticks and names: { x, y } are scales; ticks are [value, text] pairs.
export function axes({ x, y, xTicks, yTicks, xName, yName, left, right, top, bottom }) {
  const g = svg("g", { class: "rnn-axes", "aria-hidden": "true" });
  for (const [value, text] of xTicks) {
    g.append(svg("line", { x1: x(value), x2: x(value), y1: top, y2: bottom }),
      svg("text", { x: x(value), y: bottom + 16, "text-anchor": "middle" }, text));
  }
  for (const [value, text] of yTicks) {
    g.append(svg("line", { x1: left, x2: right, y1: y(value), y2: y(value) }),
      svg("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, text));
  }
  g.append(svg("text", { x: (left + right) / 2, y: bottom + 34, "text-anchor": "middle" }, xName),
    svg("text", { x: 2, y: top - 10, "text-anchor": "start", class: "rnn-axis-name" }, yName));
  return g;
}

// A drawing as wide as its column, at most 640 pixels: `draw(width)` runs now, when one of the values changes, and when
// the column does. Lengths are pixels on a phone too, so text stays readable. The figure sets the aria-label.
export function drawing(model, keys, height, draw) {
  const picture = svg("svg", { role: "img", class: "rnn-drawing", height });
  const again = () => {
    const width = Math.min(640, Math.max(260, room(picture.parentNode) || 640));
    setAll(picture, { width, viewBox: `0 0 ${width} ${height}` });
    draw(picture, width);
  };
  follow(model, keys, again);
  new ResizeObserver(again).observe(picture);
  return picture;
}

// How wide the children of an element may be.
function room(parent) {
  if (!parent?.clientWidth) return 0;
  const style = getComputedStyle(parent);
  return Math.floor(parent.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
}

export function points(pairs) {
  return pairs.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");
}
