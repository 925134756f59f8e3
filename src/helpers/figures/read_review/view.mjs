// A review read by recorded networks: the probability of praise after each word, and every state and gate on the way.
import { announcer, axes, change, drawing, follow, html, points, scale, select, setAll, svg, textBox } from "../shared/dom.mjs";
import { number } from "../shared/numbers.mjs";
import { heatMap } from "../shared/heatmap.mjs";
import { vocabulary } from "../shared/text.mjs";
import { LENGTH, coded, library, shorten } from "./model.mjs";
import { NAMES, cellText, highest, isGate, ordered, valueOf } from "./quantities.mjs";
import { question, samples, wordStrip } from "./words.mjs";

const LIMIT = 20_000; // characters: far more than the last 200 words
const LEFT = 64, TOP = 24, CURVE = 132, WORDS = 86, CELL = 7, KEYS = ["text", "shown", "compare", "quantity", "place", "row"];

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const recorded = model.get("models"), options = Object.entries(recorded).map(([name, { label }]) => [name, label]);
  const codeOf = vocabulary(new TextDecoder().decode(model.get("words")).split("\n"));
  let review = {}, redraw = () => {};
  const networks = library(recorded, (name) => model.get(recorded[name].file), () => redraw());
  keepApart(model);

  const results = html("div", { class: "rnn-facts" }), waiting = html("p", { role: "status" }), live = announcer();
  const units = unitMap(model), strip = wordStrip((place) => units.pick(model.get("row"), place));
  const picture = drawing(model, KEYS, TOP + CURVE + WORDS, (page, width) => {
    redraw = () => paint(page, width);
    redraw();
  });

  function paint(page, width) {
    if (review.text !== model.get("text")) review = coded(model.get("text"), codeOf);
    const first = model.get("shown"), second = model.get("compare") === first ? "" : model.get("compare");
    const wanted = [first, second].filter(Boolean), readings = wanted.map((name) => networks.reading(name, review));
    strip.show(review, recorded[first].masked);
    waiting.textContent = wanted.filter(networks.waiting).map((name) => (networks.failed(name)
      ? `The weights of the ${recorded[name].label} could not be fetched. Reload the page.`
      : `Fetching the weights of the ${recorded[name].label} …`)).join(" ");
    const [main] = readings, shown = readings.filter(Boolean);
    if (!main) return;

    const columns = review.codes.length, place = at(model.get("place"), columns);
    const wide = Math.floor((width - LEFT - 6) / columns * 100) / 100, right = LEFT + wide * columns;
    const height = drawCurves(page, { shown, review, place, wide, right });
    setAll(page, { height, viewBox: `0 0 ${width} ${height}` });
    results.replaceChildren(...shown.map(verdict));
    live.say(shown.map(({ label, probability }) => `${label}: probability of praise ${number(probability)}.`).join(" "));
    units.show(main, place, right);
    strip.select(place);
  }

  const start = model.get("shown");
  el.append(
    question(networks.network(start), recorded[start].label, codeOf, model),
    textBox(model, "text", "Your review", { limit: LIMIT, end: true, also: { place: -1 } }), samples(model),
    html("div", { class: "rnn-controls" },
      ...(options.length === 1 ? []
        : [select(model, "shown", "Network", options), select(model, "compare", "Compare with", [["", "none"], ...options])]),
      ...units.choices),
    results, waiting, picture, ...units.nodes, strip, help(model), live, units.live);
}

const signed = (value) => (value <= -0.005 ? "−" : "+") + Math.abs(value).toFixed(2);
const at = (wanted, count) => (wanted < 0 ? count - 1 : Math.min(wanted, count - 1)); // −1 stands for the last

// Who chooses the network that is compared swaps the two.
function keepApart(model) {
  let before = model.get("shown");
  follow(model, ["shown"], () => {
    if (model.get("compare") === model.get("shown")) change(model, { compare: before === model.get("shown") ? "" : before });
    before = model.get("shown");
  });
}

function help(model) {
  return html("details", {}, html("summary", {}, "What there is to see"),
    html("p", {}, "The curve: what the network would answer if the review ended at that word. ",
      "A network that reads one way is asked by giving each state to the output neuron. ",
      "One that reads both ways has to read every beginning afresh, and its curve comes a little later."),
    html("p", {}, "The coloured table: one column for each word, one row for each unit, the units with the largest weight in the ",
      "output neuron on top. Blue is above zero, orange below, and the denser the colour the larger the number. Point at a cell, ",
      "or go there with the arrow keys. Units are counted from 0, as in NumPy."),
    html("p", {}, `It reads the last ${LENGTH} codes. In front of a shorter review stand zeros. [Words in brackets] are not in its `,
      `vocabulary of ${model.get("size").toLocaleString("en")} codes: they all become the same code, 2. The weights are those that the chapters load, `,
      "16 bits a number."));
}

// --- the curves ------------------------------------------------------------------------------------------------------

// One curve a network, over the words or over their numbers where they are many. Returns the height it takes.
function drawCurves(page, { shown, review, place, wide, right }) {
  const y = scale([0, 1], [TOP + CURVE, TOP]), bottom = TOP + CURVE, columns = review.codes.length, every = wide >= 11;
  const x = (column) => LEFT + (column + 0.5) * wide, step = columns > 90 ? 25 : 10;
  page.replaceChildren(
    axes({
      x, y, left: LEFT, right, top: TOP, bottom, xTicks: [], xName: "", yName: "probability of praise",
      yTicks: [[0, "0"], [0.5, "0.5"], [1, "1"]],
    }),
    svg("line", { class: "rnn-half", x1: LEFT, x2: right, y1: y(0.5), y2: y(0.5) }),
    svg("line", { class: "rnn-here", x1: x(place), x2: x(place), y1: TOP, y2: bottom }));
  for (let column = 0; column < columns; column++) {
    if (every) {
      const shift = `translate(${x(column) + 4} ${bottom + 14}) rotate(-60)`;
      page.append(svg("text", { transform: shift, "text-anchor": "end", class: column === place ? "rnn-strong" : "" },
        shorten(review.names[column], 12)));
    } else if ((column + review.beyond.length) % step === 0 && column > 0) {
      page.append(svg("text", { x: x(column), y: bottom + 16, "text-anchor": "middle" }, String(column + review.beyond.length)));
    }
  }
  shown.forEach(({ running }, which) => {
    const line = running.map((probability, column) => [x(column), y(probability)]);
    page.append(svg("polyline", {
      class: `rnn-line ${which ? "rnn-orange" : "rnn-blue"}`, points: points(line), "stroke-dasharray": which ? "6 4" : null,
    }));
    if (columns > 60) return;
    page.append(...line.map(([cx, cy]) => (which
      ? svg("rect", { class: "rnn-area rnn-orange", x: cx - 3, y: cy - 3, width: 6, height: 6 })
      : svg("circle", { class: "rnn-area rnn-blue", cx, cy, r: 3.5 }))));
  });
  page.setAttribute("aria-label", `Line chart, probability of praise after each word. ${shown.map(said).join(" ")}`);
  return bottom + (every ? WORDS : 26);
}

function said({ label, running, review }) {
  const pairs = running.map((probability, column) => `${review.names[column]} ${number(probability)}`);
  return `${label}: ${(pairs.length > 40 ? [...pairs.slice(0, 3), "…", ...pairs.slice(-20)] : pairs).join(", ")}.`;
}

function verdict({ label, net, probability, logit, voices }, which) {
  const parts = voices.map((voice, reader) =>
    `${signed(voice)} ${net.bidirectional ? `from the ${["forward", "backward"][reader]} reader` : "from the units"}`);
  return html("p", {},
    html("span", { class: `rnn-mark ${which ? "rnn-orange" : "rnn-blue"}`, "aria-hidden": "true" }, which ? "■ " : "● "),
    html("strong", {}, `${label}: ${number(probability)}`),
    ` = σ(${number(logit)}). The logit: ${parts.join(", ")}, ${signed(net.denseBias)} bias.`);
}

// --- the units -------------------------------------------------------------------------------------------------------

// The heat map, its scale, the sentences on the cell that is selected, and the choice of what the colours show.
function unitMap(model) {
  const cell = html("div", { class: "rnn-facts rnn-cell" }), ramp = html("p", { class: "rnn-ramp" }), live = announcer();
  const pick = (row, place) => {
    change(model, { row, place });
    live.say(cell.textContent);
  };
  const heat = heatMap(pick);
  const choices = Object.fromEntries(Object.entries(NAMES).map(([kind, quantities]) =>
    [kind, select(model, "quantity", "Colours show", Object.entries(quantities))]));

  function show({ net, readers, review, label }, place, right) {
    const rows = ordered(net), count = rows.length, columns = review.codes.length;
    const quantity = NAMES[net.kind][model.get("quantity")] ? model.get("quantity") : "h";
    for (const [kind, node] of Object.entries(choices)) node.hidden = kind !== net.kind;
    const high = highest(net, readers, quantity), row = at(model.get("row"), count);
    const text = cellText(net, readers, rows[row], place);
    const nth = place + review.beyond.length, where = nth ? `“${review.names[place]}”, word ${nth}, ` : "The start, ";
    cell.replaceChildren(...[where + text[0], ...text.slice(1)].map((line) => html("p", {}, line)));
    heat.show({
      rows: count, columns, left: LEFT, width: right, height: count * (count > 40 ? CELL - 2 : CELL), row, column: place, high,
      value: (r, column) => valueOf(net, readers, quantity, rows[r], column),
      marks: net.bidirectional ? [[0, "forward"], [net.units, "backward"]] : [[0, "praise ↑"], [count - 3, "blame ↓"]],
      label: `${label}, ${NAMES[net.kind][quantity]}: ${count} units down, ${columns} words across. Arrow keys move from cell to cell.`,
    });
    const gate = isGate(quantity);
    ramp.replaceChildren(gate ? "0 " : `−${number(high)} `,
      html("span", { class: gate ? "rnn-ramp-up" : "rnn-ramp-both", "aria-hidden": "true" }), gate ? " 1" : ` +${number(high)}`);
  }

  return { show, pick, live, choices: Object.values(choices), nodes: [heat, ramp, cell] };
}

export default { render };
