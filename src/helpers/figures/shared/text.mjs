// Words and codes as helpers.text makes them, equal string by string (a test draws strings and compares).

export const PAD = 0;
export const START = 1;
export const OOV = 2;
const INDEX_FROM = 3; // the word of rank r has code r + 3

// What Python's \s stands for. JavaScript's own \s has U+FEFF besides, and lacks U+001C to U+001F and U+0085.
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const LINE_BREAK = new RegExp(`<br${SPACE}*/?>`, "g");
const CUT = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n ]+/; // the apostrophe is not among them: "don't" is one word

export function tokenize(text) {
  return text.toLowerCase().replace(LINE_BREAK, " ").split(CUT).filter((word) => word !== "");
}

// A Map from word to code, out of the words in the order of their ranks; "" where a rank has no word.
export function vocabulary(words) {
  return new Map(words.map((word, index) => [word, index + 1 + INDEX_FROM]).filter(([word]) => word !== ""));
}

// The words of some texts, each a list of words, most frequent first; of equally frequent ones the earliest.
export function ranked(texts) {
  const counts = new Map();
  for (const word of texts.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
}

export function encode(words, codes) {
  return [START, ...words.map((word) => codes.get(word) ?? OOV)];
}

// One row of helpers.text.pad: "pre" cuts, or fills up, before what is kept.
export function pad(row, length, padding, truncating, value = PAD) {
  const kept = truncating === "pre" ? row.slice(Math.max(0, row.length - length)) : row.slice(0, length);
  const filled = new Array(length - kept.length).fill(value);
  return padding === "pre" ? [...filled, ...kept] : [...kept, ...filled];
}
