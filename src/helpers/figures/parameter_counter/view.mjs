// Build a model from layers and watch its parameters being counted; or guess the total first and learn what you missed.
import { announcer, button, change, checkbox, follow, html, ownId, predict } from "../shared/dom.mjs";
import { count, explain, isRecurrent, thousands, total, whole } from "./model.mjs";
import { formula } from "../shared/formulas.mjs";

const MOST = 12; // layers
const NEW = {
  Embedding: { kind: "Embedding", num_words: 8000, output_dim: 32 },
  ...Object.fromEntries(["SimpleRNN", "LSTM", "GRU"].map((kind) =>
    [kind, { kind, units: 32, bidirectional: false, reset_after: true, return_sequences: false }])),
  Dense: { kind: "Dense", units: 1 },
};
const KINDS = Object.keys(NEW);
const any = (list) => list[Math.floor(Math.random() * list.length)];

// A stack to practise with, of the kind that the exercises of the chapter draw.
function drawn() {
  const recurrent = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => ({
    ...NEW[any(["SimpleRNN", "LSTM", "GRU"])], units: any([8, 10, 16, 20, 32, 64]),
    bidirectional: Math.random() < 0.35, reset_after: Math.random() < 0.75,
  }));
  const words = 500 * (2 + Math.floor(Math.random() * 39));
  return [{ ...NEW.Embedding, num_words: words, output_dim: any([16, 32, 50, 64, 100]) }, ...recurrent, NEW.Dense];
}

// The layer's numbers under another kind: what both have stays.
function turned(layer, kind) {
  const fresh = NEW[kind];
  return Object.fromEntries(Object.keys(fresh).map((key) => [key, key === "kind" ? kind : layer[key] ?? fresh[key]]));
}

// Where a new layer goes: an Embedding first, a Dense layer last, a recurrent one before the Dense layers at the end.
function placeFor(kind, layers) {
  if (kind === "Embedding") return 0;
  return kind === "Dense" ? layers.length : 1 + layers.findLastIndex((layer) => layer.kind !== "Dense");
}

// An input for one whole number of a layer. What is no number stays in the state as it was typed.
function numberField(words, get, set) {
  const id = ownId("number");
  const input = html("input", { type: "text", inputmode: "numeric", id, maxlength: 20, autocomplete: "off", size: 6, oninput: () => {
    const typed = whole(input.value, words);
    set(typed.error ? input.value : typed.value);
  } });
  const sync = () => {
    const value = get();
    if (whole(input.value, words).value !== value && input.value !== String(value)) input.value = String(value);
    input.setAttribute("aria-invalid", String(Boolean(whole(value, words).error)));
  };
  return [html("span", { class: "rnn-inline" }, html("label", { for: id }, words, " "), input), sync];
}

function tick(words, get, set) {
  const input = html("input", { type: "checkbox", onchange: () => set(input.checked) });
  return [html("label", { class: "rnn-inline" }, input, " ", words), () => { input.checked = Boolean(get()); }, input];
}

// One layer of the list, and a function that writes the state of the moment into it.
function layerItem(model, place, act) {
  const layer = () => model.get("layers")[place];
  const put = (changes) => act.change(model.get("layers").map((one, other) => (other === place ? { ...one, ...changes } : one)));
  const field = (key, words) => numberField(words, () => layer()[key], (value) => put({ [key]: value }));
  const box = (key, words) => tick(words, () => layer()[key], (value) => put({ [key]: value }));
  const { kind } = layer(), nth = `layer ${place + 1}`;

  const parts = kind === "Embedding"
    ? [field("num_words", "words"), field("output_dim", "numbers per word")] : [field("units", "units")];
  if (isRecurrent(layer())) {
    parts.push(box("bidirectional", "Bidirectional"));
    if (kind === "GRU") parts.push(box("reset_after", "reset_after"));
  }
  const sequences = isRecurrent(layer()) ? box("return_sequences", "return_sequences") : null;
  const kinds = html("select", { "aria-label": `kind of ${nth}`, onchange: () => act.turn(place, kinds.value) },
    KINDS.map((one) => html("option", { value: one, selected: one === kind }, one)));
  const mover = (text, words, what) => button(text, () => act[what](place), { "aria-label": `${words} ${nth}`, "data-does": what });
  const up = mover("↑", "move up", "up"), down = mover("↓", "move down", "down");
  const name = html("code"), line = html("p", { class: "rnn-equation" }), note = html("p", { class: "rnn-key" });
  const bar = html("span"), share = html("div", { class: "rnn-share", "aria-hidden": "true" }, bar);
  const node = html("li", { class: "rnn-card rnn-layer" },
    html("div", { role: "group", "aria-label": nth },
      html("span", { class: "rnn-inline" }, kinds), parts.map(([part]) => part), sequences?.[0],
      html("span", { class: "rnn-inline" }, up, down, mover("✕", "remove", "remove"))),
    name, line, share, note);

  node.show = (row, all, hidden) => {
    parts.forEach(([, sync]) => sync());
    up.disabled = place === 0;
    down.disabled = place === model.get("layers").length - 1;
    if (sequences) {
      sequences[2].checked = row.sequences;
      sequences[2].disabled = row.forced;
    }
    name.textContent = row.name;
    line.hidden = share.hidden = hidden && !row.error;
    share.hidden ||= all === null;
    if (row.error) line.replaceChildren(html("strong", {}, "✗ "), row.error);
    else {
      const part = all ? (100 * row.parameters) / all : 0;
      line.replaceChildren(html("span", {}, formula(row.formula)), " ", html("span", {}, `= ${row.numbers}`), " ",
        html("span", {}, "= ", html("strong", {}, thousands(row.parameters))),
        all ? html("span", {}, `\u00a0(${part < 0.1 ? "less than 0.1" : part.toFixed(1)} % of the total)`) : "");
      bar.style.width = `${part}%`;
    }
    const each = kind === "Embedding" || row.sequences ? " at each timestep" : "";
    note.textContent = [
      hidden || row.error ? "" : `Hands on ${thousands(row.width)} number${row.width === 1 ? "" : "s"}${each}.`,
      row.forced && sequences
        ? "return_sequences is set for you: a recurrent layer follows and reads every timestep. It changes no count." : "",
    ].join(" ").trim();
  };
  return node;
}

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const live = announcer(), list = html("ol", { class: "rnn-layers" }), sum = html("p", { class: "rnn-total" });
  const verdict = html("p", { class: "rnn-verdict", "aria-live": "polite" }), reasons = html("ul", { "aria-live": "polite" });
  const layers = () => model.get("layers"), hidden = () => model.get("guessing") && !model.get("revealed");
  let items = [];

  const say = (text, found = []) => {
    verdict.textContent = text;
    reasons.replaceChildren(...found.map((reason) => html("li", {}, `${reason}.`)));
    reasons.hidden = found.length === 0;
  };
  const changed = (next) => { change(model, { layers: next, revealed: false, guess: "" }); say(""); };
  const moved = (place, to, what) => {
    const next = [...layers()];
    next.splice(to, 0, ...next.splice(place, 1));
    changed(next);
    focus(to, what);
  };
  const focus = (place, what) => { // the button that was pressed goes with its layer
    const buttons = [...(items[place]?.querySelectorAll("[data-does]") ?? [])];
    (buttons.find((one) => one.dataset.does === what && !one.disabled) ?? buttons.find((one) => !one.disabled) ?? adder).focus();
  };
  const act = {
    change: changed,
    turn: (place, kind) => {
      changed(layers().map((one, other) => (other === place ? turned(one, kind) : one)));
      items[place].querySelector("select").focus();
    },
    up: (place) => moved(place, place - 1, "up"),
    down: (place) => moved(place, place + 1, "down"),
    remove: (place) => {
      changed(layers().filter((_, other) => other !== place));
      focus(Math.min(place, layers().length - 1), "remove");
    },
  };

  const kinds = html("select", { "aria-label": "kind of the new layer" },
    KINDS.map((kind) => html("option", { value: kind, selected: kind === "LSTM" }, kind)));
  const adder = button("Add a layer", () => {
    const next = [...layers()];
    next.splice(placeFor(kinds.value, next), 0, { ...NEW[kinds.value] });
    changed(next);
  });
  const presets = html("select", { id: ownId("preset"), onchange: () => {
    if (presets.selectedIndex > 0) changed(model.get("presets")[presets.selectedIndex - 1][2]);
    presets.selectedIndex = 0;
  } }, html("option", {}, "choose …"), model.get("presets").map(([name, title]) => html("option", {}, `${name}: ${title}`)));
  const [features, syncFeatures] = numberField("input features", () => model.get("features"),
    (value) => { change(model, { features: value, revealed: false }); say(""); });
  const input = html("p", {}, "The input has ", features, " at each timestep, because no Embedding comes first.");

  const guess = html("input", { type: "text", inputmode: "numeric", id: ownId("guess"), maxlength: 20, autocomplete: "off", size: 12,
    oninput: () => change(model, { guess: guess.value }) });
  const check = () => {
    const rows = count(layers(), model.get("features")), right = total(rows), typed = whole(guess.value, "your guess", 1e15);
    if (right === null) return say("First mend the layer that is marked with ✗: this model has no total.");
    if (typed.error) return say(`${typed.error[0].toUpperCase()}${typed.error.slice(1)}`);
    if (typed.value === right) {
      change(model, { revealed: true });
      return say(`✓ ${thousands(right)}. Every layer is right.`);
    }
    const found = explain(rows, typed.value), distance = thousands(Math.abs(typed.value - right));
    const advice = found.length > 1 ? "Each of these gives your number:" : found.length ? "This gives your number:"
      : "No usual slip gives this number. Go through the layers again: what does each read, how many blocks has it, which biases?";
    return say(`✗ ${thousands(typed.value)} is ${distance} too ${typed.value < right ? "few" : "many"}. ${advice}`, found);
  };
  const guessing = html("form", { class: "rnn-guess", onsubmit: (event) => { event.preventDefault(); check(); } },
    html("label", { for: guess.id }, "Your guess of the total: "), guess, " ",
    html("button", { type: "submit", class: "rnn-button" }, "Check"),
    button("Show the count", () => change(model, { revealed: true })));

  const show = () => {
    const rows = count(layers(), model.get("features")), all = total(rows);
    if (items.length !== rows.length || items.some((item, place) => item.kind !== layers()[place].kind)) {
      items = layers().map((layer, place) => Object.assign(layerItem(model, place, act), { kind: layer.kind }));
      list.replaceChildren(...items);
    }
    items.forEach((item, place) => item.show(rows[place], all, hidden()));
    adder.disabled = rows.length >= MOST;
    input.hidden = layers()[0]?.kind === "Embedding" || rows.length === 0;
    syncFeatures();
    guessing.hidden = !model.get("guessing");
    if (guess.value !== model.get("guess")) guess.value = model.get("guess");
    const size = (4 * (all ?? 0)) / 1024, memory = size < 100 ? `${size.toFixed(1)} KiB` : `${(size / 1024).toFixed(1)} MiB`;
    const text = rows.length === 0 ? "A model without layers has no parameters. Add one."
      : all === null ? "Total: none yet. A layer marked with ✗ cannot be counted."
        : hidden() ? "Total: ?"
          : `Total: ${thousands(all)} parameters, ${memory} as 32-bit numbers.`;
    sum.textContent = text;
    live.say(text);
  };

  el.append(
    predict({
      question: "An Embedding, an LSTM, a Dense layer. You make the LSTM bidirectional. Which layers get more parameters?",
      answers: [
        ["The LSTM only.", false, "It doubles. But it now hands on twice as many numbers, too."],
        ["The LSTM and the Dense layer.", true, "The LSTM doubles, and the Dense layer reads twice as many numbers."],
        ["All three.", false, "The embedding does not know what reads its vectors."],
      ],
      revealed: html("p", {}, "Tick Bidirectional in layer 2 and look at layer 3."),
    }),
    html("div", { class: "rnn-controls" },
      html("div", { class: "rnn-control" }, html("label", { for: presets.id }, "A model of the course: "), presets),
      html("div", { class: "rnn-control" }, button("Draw one for me", () => changed(drawn())),
        checkbox(model, "guessing", "Guess first: hide the counts"))),
    input, list, html("p", {}, kinds, " ", adder), sum, guessing, verdict, reasons, live);
  follow(model, ["layers", "features", "guessing", "revealed", "guess"], show);
  model.on("change:guessing", () => { change(model, { revealed: false }); say(""); });
  say("");
}

export default { render };
