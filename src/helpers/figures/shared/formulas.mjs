// Formulas without MathJax, which Colab's outputs lack: letters in italics, indices, and the numbers of the moment.
import { html, svg } from "./dom.mjs";

// "tanh(u_h·h_{t−1})" → pieces [text, is it a letter, index]; a letter may wear a tilde and a prime, a word is none.
const PIECE = /[A-Za-z]{2,}|[A-Za-z]\u0303?′?(?:_\{[^}]*\}|_[A-Za-z])?/g;

function pieces(text) {
  const found = [];
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    if (index > end) found.push([text.slice(end, index)]);
    const [letter, below] = piece.split("_");
    found.push(/^[A-Za-z]{2}/.test(piece) ? [piece] : [letter, true, below?.replace(/[{}]/g, "")]);
    end = index + piece.length;
  }
  if (end < text.length) found.push([text.slice(end)]);
  return found;
}

// As HTML: formula("f_t = σ(w_f·x_t)")
export function formula(text) {
  return pieces(text).flatMap(([piece, isLetter, below]) =>
    (isLetter ? [html("var", {}, piece), below ? html("sub", {}, below) : ""] : [piece]));
}

// The same inside an SVG text, where <sub> means nothing.
export function formulaSpans(text) {
  return pieces(text).flatMap(([piece, isLetter, below]) => (isLetter
    ? [svg("tspan", { "font-style": "italic" }, piece),
      ...(below ? [svg("tspan", { dy: 4, "font-size": "0.75em" }, below), svg("tspan", { dy: -4 }, "\u200b")] : [])]
    : [piece]));
}

// A number that fits into a box: two decimals, three where it is small. A closed gate is 0.000, which powers of ten hide.
export function short(value) {
  const decimals = value !== 0 && Math.abs(value) < 0.1 ? 3 : 2;
  return value.toFixed(decimals).replace(/^-(?=0\.0+$)/, "").replace("-", "−");
}

// The same inside a product or a sum: a negative one in brackets.
export function term(value) {
  const text = short(value);
  return text.startsWith("−") ? `(${text})` : text;
}

// One line of a cell: its formula, the numbers put in, the result. It breaks before an equals sign where it must.
// `formulas(step)` and `numbers(step)` give the texts between the equals signs; `result(step)` what comes out.
export function equation({ meaning, formulas, numbers, result }) {
  const node = html("p", { class: "rnn-equation" });
  let written;
  node.show = (step) => {
    const parts = [...formulas(step).map(formula), ...numbers(step), html("strong", {}, short(result(step)))];
    const text = parts.flat().map((part) => part.textContent ?? part).join("|");
    if (text === written) return;
    written = text;
    node.replaceChildren(html("span", { class: "rnn-meaning" }, meaning),
      ...parts.flatMap((part, place) => [" ", html("span", {}, place > 0 ? "= " : "", part)]));
  };
  return node;
}
