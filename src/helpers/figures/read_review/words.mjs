// The text of a review on its way into a network: the box, sentences to try, and the words as the network gets them.
import { button, change, html, predict } from "../shared/dom.mjs";
import { number } from "../shared/numbers.mjs";
import { LENGTH, readReview } from "./model.mjs";
import { encode, tokenize } from "../shared/text.mjs";

const SHOWN = 40; // of the words that are not read

const SAMPLES = [
  ["but", "the lead is charming and the first hour is a joy but the ending is a lazy mess"],
  ["the other way round", "the ending is a lazy mess but the lead is charming and the first hour is a joy"],
  ["irony", "a fine film to have on while you do your taxes"],
  ["no such words", "blorple and zind are the snurfiest duo of the decade"],
  ["a long one", "A wonderful film, I loved every minute of it. "
    + "A clockmaker in a small harbour town finds a letter behind the face of an old clock, addressed to a woman who left the town "
    + "forty years ago. He asks the postman, who sends him to the baker, who remembers that she used to sing in the choir. The choir "
    + "master is over ninety now and lives with his sister above the bank. She makes tea and tells him about the summer of the flood, "
    + "when the bridge was closed and the people of the two banks waved to each other across the water. One evening a boat came over "
    + "with a lamp at its bow, and the next morning the woman and her suitcase were gone. The clockmaker goes home, closes the shop "
    + "and takes the train along the coast. In each town he looks at the clock of the station and sets his watch. He meets a girl who "
    + "collects timetables, a man who repairs pianos, and a nurse on her way to a night shift, and each of them gives him a piece of "
    + "the way. In the last town there is no clock at all. He sits down on a bench in front of the sea, next to a woman with white "
    + "hair who is feeding the birds, takes the letter out of his coat and puts it on the bench between them."],
];

export function samples(model) {
  return html("div", {}, html("span", {}, "Or try "), ...SAMPLES.map(([name, text]) =>
    button(name, () => change(model, { text, place: -1 }))));
}

// The words as codes: what is not read is struck through, what is not in the vocabulary stands in brackets.
export function wordStrip(pick) {
  const node = html("p", { class: "rnn-words" });
  let read = [], last, lastMasked;
  node.show = (review, masked) => {
    if (review === last && masked === lastMasked) return;
    [last, lastMasked] = [review, masked];
    const { codes, names, beyond } = review;
    read = names.map((name, place) => html("span", { onclick: () => pick(place) }, name));
    const left = beyond.filter((word) => word !== null), zeros = LENGTH - codes.length;
    node.replaceChildren(
      ...(left.length ? [
        `Not read, because only the last ${LENGTH} count: `,
        left.length > SHOWN && `${(left.length - SHOWN).toLocaleString("en")} words, and `,
        html("s", {}, left.slice(-SHOWN).join(" ")),
        html("br"), "Read: "].filter(Boolean) : [masked ? "The zeros are skipped. It reads: " : `It reads ${zeros} zeros, then: `]),
      ...read.flatMap((word) => [word, " "]));
  };
  node.select = (place) => read.forEach((word, at) => word.classList.toggle("rnn-word-here", at === place));
  return node;
}

// One guess before anything is tried. The answer is computed, so it holds for whichever network is shown.
export function question(net, label, codeOf, model) {
  const [sentence, plain] = ["not a single dull minute", "a single dull minute"];
  const [with_, without] = [sentence, plain].map((text) => readReview(net, encode(tokenize(text), codeOf)).probability);
  const moved = Math.abs(with_ - without) < 0.005 ? "leaves it where it was" : with_ > without ? "moves it up" : "moves it down";
  const says = `It says ${number(with_)}. Without the “not”, “${plain}” gets ${number(without)}: the word ${moved}.`;
  const answers = [["below 0.4: complaint", 0, 0.4], ["between 0.4 and 0.6: undecided", 0.4, 0.6], ["above 0.6: praise", 0.6, 1.1]];
  return predict({
    question: `“${sentence[0].toUpperCase()}${sentence.slice(1)}” is praise. Which probability of praise will the ${label} give it?`,
    answers: answers.map(([text, low, high]) => [text, with_ >= low && with_ < high, says]),
    revealed: html("p", {}, button("Watch it read the sentence", () => change(model, { text: sentence, place: -1 }))),
  });
}
