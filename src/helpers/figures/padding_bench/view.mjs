// Two reviews on their way into one matrix: which words are cut off, which are unknown, where the zeros go.
import { announcer, checkbox, choice, follow, html, predict, slider, textBox } from "../shared/dom.mjs";
import { OOV, PAD, START, encode, pad, ranked, tokenize, vocabulary } from "../shared/text.mjs";

const KEYS = ["first", "second", "size", "length", "padding", "truncating", "mask"];
const LIMIT = 600; // characters: the matrix has room for 30 words
const SIDES = [["pre", "before (pre)"], ["post", "after (post)"]], ENDS = [["pre", "beginning (pre)"], ["post", "end (post)"]];

const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

// One review: its codes, the part of them that is kept, its row of the matrix, and what stands in the row's places.
function code(words, codeOf, { length, padding, truncating }) {
  const codes = encode(words, codeOf), names = ["[START]", ...words];
  const cut = Math.max(0, codes.length - length), from = truncating === "pre" ? cut : 0, to = from + codes.length - cut;
  const row = pad(codes, length, padding, truncating), zeros = length - (to - from);
  const kept = names.slice(from, to), empty = new Array(zeros).fill(null);
  const places = padding === "pre" ? [...empty, ...kept] : [...kept, ...empty];
  const unknown = row.filter((one) => one === OOV).length, known = row.filter((one) => one > OOV).length;
  return { codes, names, from, to, cut, row, places, zeros, unknown, known };
}

// Every word of the review; red, and struck through or in brackets, what does not arrive.
function tokens({ codes, names, from, to }) {
  return names.flatMap((name, at) => {
    const text = codes[at] === OOV ? `[${name}]` : name;
    if (at < from || at >= to) return [html("s", { class: "rnn-lost" }, text), " "];
    return [codes[at] === OOV ? html("span", { class: "rnn-lost" }, text) : text, " "];
  });
}

function cell(number, name, mask) {
  const kind = number === PAD ? "rnn-pad" : number === OOV ? "rnn-lost" : "";
  const below = number === PAD ? "[PAD]" : number === OOV ? "[OOV]" : name;
  return html("td", { class: kind }, html("strong", {}, String(number)), html("br"), below,
    ...(mask ? [html("br"), number === PAD ? "False" : "True"] : []));
}

function sentence(review, nth, truncating) {
  const { cut, unknown, zeros } = review, lost = [];
  if (cut) lost.push(`${count(cut, "code")} at the ${truncating === "pre" ? "beginning" : "end"}`);
  if (unknown) lost.push(count(unknown, "unknown word"));
  return `Review ${nth} loses ${lost.join(" and ") || "nothing"}, and it gets ${zeros ? count(zeros, "zero") : "no zeros"}.`;
}

function about({ mask, padding }, reviews) {
  const zeros = reviews.reduce((sum, review) => sum + review.zeros, 0);
  if (!zeros) return "There are no zeros, so a mask would change nothing.";
  if (mask) return "With the mask (True and False) a recurrent layer skips the zeros: its state is handed on untouched.";
  return `Without a mask a recurrent layer reads ${zeros === 1 ? "the zero" : `the ${zeros} zeros`} like a word: ${padding === "pre"
    ? "before the review, where they do little harm." : "after the review, where they wash its state out."}`;
}

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const kept = [1, 2].map(() => html("p", { class: "rnn-words" })), live = announcer();
  const matrix = html("table", { class: "rnn-matrix" }), shape = html("p", {});
  const facts = html("p", { class: "rnn-facts" }), call = html("code", {});
  const size = slider(model, "size", { label: "words in the vocabulary:", min: 0, max: 1, step: 1, format: String });
  const sizeInput = size.querySelector("input");

  function draw() {
    const now = Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
    const words = [now.first, now.second].map((text) => tokenize(text.slice(0, LIMIT))), known = ranked(words);
    sizeInput.max = known.length;
    sizeInput.value = now.size;
    const reviews = words.map((one) => code(one, vocabulary(known.slice(0, now.size)), now));
    reviews.forEach((review, at) => kept[at].replaceChildren(html("strong", {}, `Review ${at + 1}: `), ...tokens(review)));
    matrix.replaceChildren(
      html("tbody", {}, ...reviews.map(({ row, places }, at) => html("tr", {},
        html("th", { scope: "row" }, `Review ${at + 1}`), ...row.map((number, place) => cell(number, places[place], now.mask))))));
    shape.textContent = `The matrix, 2 × ${now.length}. In each place the code and what it stands for:`;
    const total = words.flat().length, arrived = reviews.reduce((sum, review) => sum + review.known, 0);
    const text = `${reviews.map((review, at) => sentence(review, at + 1, now.truncating)).join(" ")} Of ${count(total, "word")} `
      + `${arrived} ${arrived === 1 ? "arrives" : "arrive"}. ${about(now, reviews)}`;
    facts.textContent = `The vocabulary: ${Math.min(now.size, known.length)} of ${known.length} different words. ${text}`;
    live.say(text);
    call.textContent = `text.pad(codes, ${now.length}, padding="${now.padding}", truncating="${now.truncating}")`;
  }

  el.append(
    predict({
      question: "“The film was a total mess” gets the codes [START] the film was a total mess. Keras brings it to length 4, "
        + "with both sides left as they are. What is left?",
      answers: [
        ["[START] the film was", false, "That is truncating=\"post\". Keras cuts at the beginning unless you say otherwise."],
        ["the film was a", false, "The start is a code like the others, and Keras cuts at the beginning: the last four stay."],
        ["was a total mess", true, "Keras's default is \"pre\", on both sides: it cuts the beginning and keeps the last four codes."],
      ],
      revealed: html("p", {}, "Below, change one thing at a time, and look what is lost: it is red, struck through where it is ",
        "cut off, in brackets where it is unknown."),
    }),
    textBox(model, "first", "Review 1", { limit: LIMIT, rows: 2 }), textBox(model, "second", "Review 2", { limit: LIMIT, rows: 2 }),
    html("div", { class: "rnn-controls" }, size,
      slider(model, "length", { label: "length L:", min: 1, max: 30, step: 1, format: String }),
      choice(model, "truncating", "Cut a long review at the", ENDS), choice(model, "padding", "Put the zeros", SIDES),
      checkbox(model, "mask", "mask the zeros")),
    ...kept, shape,
    html("div", { class: "rnn-wide", tabindex: 0, role: "group", "aria-label": "The padded matrix" }, matrix),
    facts, html("p", {}, "In Python: ", call), live);
  follow(model, KEYS, draw);
}

export default { render };
