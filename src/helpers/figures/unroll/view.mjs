// A recurrent network as a loop, laid out in time word by word, and gone through backwards: one set of weights in all of it.
import { announcer, button, change, drawing, follow, html, ownId, predict, slider } from "../shared/dom.mjs";
import { MOST_WORDS, journey, soFar, wordsOf } from "./model.mjs";
import { below, description, fixed, gradient, letters, placeOf, story } from "./story.mjs";
import { drawLoop, drawUnrolled } from "./drawing.mjs";

const KEYS = ["words", "kernel", "recurrent", "bias", "position"], PAUSE = 1300; // milliseconds a step while it plays

// One number of an array as a model of its own, for a slider.
function entry(model, key, at) {
  return {
    get: () => model.get(key)[at],
    set: (_, value) => model.set(key, model.get(key).map((old, k) => (k === at ? value : old))),
    on: (_, handler) => model.on(`change:${key}`, handler),
    save_changes: () => model.save_changes(),
  };
}

function meaning(given) {
  if (!given) return "Each word stands for one number, made of its letters.";
  return `${Object.entries(given).map(([word, value]) => `${word} is ${fixed(value, 1)}`).join(", ")}, every other word is 0.`;
}

function question(backward, units) {
  const { kernel: w, recurrent: u, bias: b } = letters(units);
  const [asked, answers, hint] = backward
    ? [`The network reads six words. How many recurrent kernels ${u} does it have, and how many gradients d${u} come of them?`, [
        ["six kernels and six gradients", false, "The picture has six copies of the cell, and all of them use the numbers in the one box."],
        ["one kernel and six gradients", false, "One kernel is right. But it can be moved one way only, so the six shares are added."],
        ["one kernel and one gradient", true, "The gradient is a sum with one term for each step. The first term is 0, for h₀ is."]],
      `Press Step and watch d${u} grow on the way back. Then move a slider of ${u}: all steps change at once.`]
    : [`The network below reads six words. How many numbers ${w}, ${u} and ${b} would it need to read twelve?`, [
        ["twice as many", false, "Twelve words are twelve rounds of the loop, and every round uses the same numbers."],
        ["as many as now", true, "Twelve words are more rounds of the loop, and every round uses the same numbers."],
        ["it cannot read twelve", false, "A loop has no last round: it goes round as often as there are words."]],
      `Press Step until the sentence is read. Then move the slider of ${u}: all steps change at once.`];
  return predict({ question: asked, answers, revealed: html("p", {}, hint) });
}

// The one box of weights. Each number has a slider and, where there is a way back, its gradient so far.
function weightBox(model, units, backward) {
  const names = letters(units), sums = [];
  const cell = (key, at, label, slot) => {
    const sum = html("span", { class: "rnn-gradient" });
    if (backward) sums.push([key, at, `d${label}`, sum]);
    return html("div", { class: "rnn-weight", style: `grid-column: ${slot}` },
      slider(entry(model, key, at), "value", { label: `${label} =`, min: -5, max: 5, step: 0.1, format: (value) => fixed(value) }), sum);
  };
  const each = (key, name, rows) => Array.from({ length: rows * units }, (_, at) => {
    const index = units === 1 ? "" : rows === 1 ? below(at + 1) : below(`${Math.floor(at / units) + 1}${(at % units) + 1}`);
    return cell(key, at, `${name}${index}`, units === 1 ? "auto" : (at % units) + 1);
  });
  const grid = html("div", { class: "rnn-weight-grid", style: `--columns: ${units === 1 ? 3 : units}` },
    each("kernel", names.kernel, 1), each("recurrent", names.recurrent, units), each("bias", names.bias, 1));
  const node = html("div", { class: "rnn-weights", role: "group", "aria-label": "The one set of weights" },
    html("p", {}, html("strong", {}, `One set of weights, ${units * (units + 2)} numbers, for all steps`)), grid);
  node.show = (trip, place) => {
    for (const [key, at, name, sum] of sums) {
      const total = place.phase === "back" ? gradient(soFar(trip.steps, place.t, key)[at]) : "0.000";
      sum.textContent = `${name} = ${total}`;
    }
  };
  return node;
}

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const units = model.get("bias").length, backward = model.get("backward"), id = ownId("words");
  const live = announcer(), facts = html("div", { class: "rnn-facts rnn-steady" }), note = html("span", { class: "rnn-key" });
  const box = weightBox(model, units, backward);
  const words = () => wordsOf(model.get("words"));
  const end = () => words().length * (backward ? 2 : 1);
  const position = () => Math.max(0, Math.min(end(), model.get("position")));
  const go = (to) => change(model, { position: Math.max(0, Math.min(end(), to)) });

  const picture = drawing(model, KEYS, 190, (page, width) => {
    const weights = { kernel: model.get("kernel"), recurrent: model.get("recurrent"), bias: model.get("bias") };
    const list = words(), target = model.get("target"), place = placeOf(position(), list.length);
    const trip = journey({ words: list, given: model.get("numbers"), ...weights, target });
    const all = { words: list, trip, weights, units, target, place, backward };
    if (place.phase === "loop") drawLoop(page, width, all);
    else drawUnrolled(page, width, all);
    page.setAttribute("aria-label", description(all));
    const sentences = story(all);
    facts.replaceChildren(...sentences.map((sentence) => html("p", {}, sentence)));
    box.show(trip, place);
    live.say(sentences.join(" "));
  });

  const input = html("input", { type: "text", id, size: 36, maxlength: 200, autocomplete: "off", spellcheck: "false", oninput: () => {
    const before = words().length;
    change(model, { words: input.value.slice(0, 400) });
    // who changes the sentence sees all of it read, and starts the way back anew
    if (position() > 0 || before === 0) go(words().length);
  } });
  follow(model, ["words"], () => {
    const typed = String(model.get("words")).slice(0, 400);
    if (input.value !== typed) input.value = typed;
    note.textContent = typed.trim().split(/\s+/).length > MOST_WORDS ? ` The first ${MOST_WORDS} words are read.` : "";
  });

  let playing = null;
  const stop = () => { clearInterval(playing); playing = null; play.textContent = "Play"; };
  const play = button("Play", () => {
    if (playing) return stop();
    if (position() === end()) go(0);
    play.textContent = "Pause";
    playing = setInterval(() => {
      if (!el.isConnected || position() === end()) return stop();
      go(position() + 1);
      return undefined;
    }, PAUSE);
    return undefined;
  });
  const byHand = (to) => { if (playing) stop(); go(to); };
  const back = button("◀ Back", () => byHand(position() - 1)), step = button("Step ▶", () => byHand(position() + 1));
  const start = button("Start over", () => byHand(0));
  const buttons = html("div", { role: "group", "aria-label": "Steps", onkeydown: (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    byHand(position() + move);
  } }, back, step, play, start);
  // not `disabled`: a button that is pressed to its end keeps the focus
  follow(model, ["position", "words"], () => {
    for (const [node, off] of [[step, position() === end()], [back, position() === 0], [start, position() === 0]]) {
      node.setAttribute("aria-disabled", String(off));
    }
  });

  el.append(
    question(backward, units),
    html("p", {}, html("label", { for: id }, `Your sentence, up to ${MOST_WORDS} words: `), input, note),
    html("p", { class: "rnn-key" }, meaning(model.get("numbers"))),
    buttons, facts, box, picture, live);
  return stop;
}

export default { render };
