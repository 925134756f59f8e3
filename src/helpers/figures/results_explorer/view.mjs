// Every recorded training of the course: choose experiments, see their curves, then their accuracy on the test set.
import {
  announcer, axes, button, change, checkbox, choice, drawing, follow, html, ownId, points, predict, scale, select, setAll, slider, svg,
} from "../shared/dom.mjs";
import { number } from "../shared/numbers.mjs";
import {
  QUANTITIES, at, curve, deviation, epochsOf, label, matches, mean, meanCurve, shown, spread, ticks, upsets,
} from "./model.mjs";

const HEIGHT = 320, LEFT = 52, TOP = 34, BOTTOM = 268, ROW = 50;
// A line is known by its colour, its dashes and its marker: any two lines differ in two of them.
const COLOURS = ["blue", "orange", "green", "purple", "ink", "blue", "orange", "green"];
const DASHES = ["", "8 4", "2 3", "10 3 2 3", "", "2 3", "10 3 2 3", "8 4"];
const MARKERS = [
  (r) => `m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`, // circle
  (r) => `m${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`, // square
  (r) => `m0 ${-1.3 * r}l${1.2 * r} ${2.2 * r}h${-2.4 * r}z`, // triangle
  (r) => `m0 ${-1.4 * r}l${1.4 * r} ${1.4 * r}l${-1.4 * r} ${1.4 * r}l${-1.4 * r} ${-1.4 * r}z`, // diamond
  (r) => `m0 ${1.3 * r}l${1.2 * r} ${-2.2 * r}h${-2.4 * r}z`, // triangle, point down
  (r) => `m${-0.4 * r} ${-1.2 * r}${["h1", "v1", "h1", "v1", "h-1", "v1", "h-1", "v-1", "h-1", "v-1", "h1"]
    .map((step) => step[0] + Number(step.slice(1)) * 0.8 * r).join("")}z`, // plus
  (r) => `m${-1.1 * r} ${-1.1 * r}h${2.2 * r}l${-2.2 * r} ${2.2 * r}h${2.2 * r}z`, // hourglass
  (r) => `m${-1.1 * r} ${-1.1 * r}v${2.2 * r}l${2.2 * r} ${-2.2 * r}v${2.2 * r}z`, // bow tie
];
const KEYS = ["chosen", "quantity", "over", "mean", "at"];

function render({ model, el }) {
  el.classList.add("rnn-figure");
  const { groups, suggestions, experiments } = JSON.parse(new TextDecoder().decode(model.get("records")));
  const known = new Map(experiments.map((one) => [one.id, one]));
  const chosen = () => model.get("chosen").map((id) => known.get(id)).filter(Boolean);
  const quantity = () => QUANTITIES[model.get("quantity")];
  const looks = styles(model);
  const live = announcer(), note = html("p", {});
  const epoch = slider(model, "at", { label: "Read off after epoch", min: 1, max: 2, step: 1, format: String });
  const table = html("div", { class: "rnn-wide", tabindex: "0", role: "group", "aria-label": "The chosen curves at that epoch" });

  follow(model, ["chosen"], () => {
    const most = Math.max(1, ...chosen().map(epochsOf));
    epoch.querySelector("input").max = most;
    if (model.get("at") > most) change(model, { at: most });
  });
  follow(model, KEYS, () => {
    const when = model.get("at"), some = chosen();
    fillTable(table, some, looks, model);
    note.textContent = some.some(({ flatters }) => flatters)
      ? "† as its source did it: the validation reviews are the test set, so its validation curve is a curve of the test set, "
        + "and every choice made by it flatters." : "";
    live.say(some.length ? `After epoch ${when}, ${quantity().text}: ${some.map((one) => `${label(one)}: `
      + (reached(one, model) ?? "ended before")).join("; ")}.` : "No experiment is chosen.");
  });

  const dots = drawing(model, ["chosen"], ROW, (page, width) => drawDots(page, width, chosen(), looks));
  const tests = html("div", {}, html("p", {}, "Accuracy on the test set, a mark a seed, and their mean ± standard deviation:"), dots);
  const pair = upsets(chosen()) ?? upsets(experiments);
  el.append(
    pair ? predict({ ...question(pair), revealed: tests }) : "",
    html("div", { class: "rnn-controls" },
      select(model, "quantity", "Show the", Object.entries(QUANTITIES).map(([name, { text }]) => [name, text])),
      choice(model, "over", "over the", [["epoch", "epochs"], ["seconds", "seconds of training"]]),
      checkbox(model, "mean", "mean of the seeds, with a band of ± one standard deviation")),
    drawing(model, KEYS, HEIGHT, (page, width) => drawCurves(page, width, chosen(), looks, model)),
    epoch, table, note, pair ? "" : tests,
    chooser(model, experiments, groups, suggestions), live);
}

function question({ worse, better, pairs, won, ahead }) {
  const share = won / pairs;
  const fact = `The ${worse.title} wins in ${won} of the ${pairs} pairs. Look at the marks below.`;
  return {
    question: `On average over their seeds, ${better.title} is ${number(100 * ahead, 1)} points ahead of ${worse.title} on the `
      + `test set. Somebody trains each of them once. In how many of the ${pairs} pairs of recorded runs does ${worse.title} win?`,
    answers: [
      ["in none", won === 0, fact],
      ["in fewer than one in five", won > 0 && share < 0.2, fact],
      ["in one in five, or more", share >= 0.2, fact],
    ],
  };
}

// Each experiment keeps its colour, dashes and marker while it is chosen.
function styles(model) {
  const places = new Map();
  follow(model, ["chosen"], () => {
    const now = model.get("chosen");
    for (const id of [...places.keys()]) if (!now.includes(id)) places.delete(id);
    for (const id of now) {
      if (places.has(id)) continue;
      const taken = [...places.values()];
      places.set(id, MARKERS.findIndex((_, place) => !taken.includes(place)));
    }
  });
  return ({ id }) => {
    const place = Math.max(0, places.get(id) ?? 0), colour = COLOURS[place];
    return { colour, line: `rnn-line rnn-${colour}`, area: colour === "ink" ? "rnn-ink" : `rnn-area rnn-${colour}`,
      dashes: DASHES[place], marker: MARKERS[place] };
  };
}

function marks(look, places, size, attributes = {}) {
  return svg("path", { class: look.area, d: places.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}${look.marker(size)}`).join(""), ...attributes });
}

// What an experiment had reached after the epoch that is read off; undefined when all its runs had ended.
function reached(one, model) {
  const values = at(one, model.get("quantity"), model.get("at"));
  return values.length ? spread(values, QUANTITIES[model.get("quantity")].percent) : undefined;
}

function fillTable(table, some, looks, model) {
  const head = ["experiment", "mean ± sd", "runs", "seconds until then"];
  table.replaceChildren(html("table", { class: "rnn-numbers" },
    html("caption", {}, `After epoch ${model.get("at")}: ${QUANTITIES[model.get("quantity")].text}`),
    html("thead", {}, html("tr", {}, ...head.map((text) => html("th", { scope: "col" }, text)))),
    html("tbody", {}, ...some.map((one) => {
      const look = looks(one), epoch = model.get("at"), runs = at(one, "loss", epoch).length;
      const seconds = one.runs.filter((run) => run.loss.length >= epoch).map((run) => curve(run, "loss", "seconds")[epoch - 1][0]);
      const swatch = svg("svg", { width: 44, height: 14, viewBox: "0 0 44 14", "aria-hidden": "true", class: "rnn-swatch" },
        svg("line", { class: look.line, "stroke-dasharray": look.dashes, x1: 0, x2: 44, y1: 7, y2: 7 }), marks(look, [[22, 7]], 4.5));
      const none = epochsOf(one) ? "ended before" : "has no epochs";
      return html("tr", {}, html("th", { scope: "row" }, swatch, " ", label(one)),
        html("td", {}, reached(one, model) ?? none), html("td", {}, String(runs || "–")),
        html("td", {}, seconds.length ? number(mean(seconds), 0) : "–"));
    }))));
}

function drawCurves(page, width, some, looks, model) {
  const name = model.get("quantity"), over = model.get("over"), when = model.get("at");
  const { text, percent } = QUANTITIES[name], right = width - 14;
  const drawn = some.filter(epochsOf).map((one) => ({ one, look: looks(one), middle: meanCurve(one, name, over),
    curves: one.runs.map((run) => curve(run, name, over)) }));
  const xs = drawn.flatMap(({ curves }) => curves.flat().map(([x]) => x));
  const ys = drawn.flatMap(({ curves, middle }) => [...curves.flat().map(([, y]) => y),
    ...(model.get("mean") ? middle.flatMap(({ y, sd }) => [y - sd, y + sd]) : [])]);
  if (!xs.length) {
    page.replaceChildren(svg("text", { x: LEFT, y: TOP }, "Choose an experiment with epochs below."));
    page.setAttribute("aria-label", "No curve is chosen.");
    return;
  }
  const low = Math.min(...ys), high = Math.max(...ys), edge = Math.max(0.04 * (high - low), 1e-3);
  const x = scale([over === "epoch" ? Math.min(1, Math.max(...xs) - 1) : 0, Math.max(...xs)], [LEFT + 8, right]);
  const y = scale([low - edge, high + edge], [BOTTOM, TOP]);
  const yMarks = ticks(low - edge, high + edge, 5), xMarks = ticks(over === "epoch" ? 1 : 0, Math.max(...xs), width < 420 ? 5 : 9);
  page.replaceChildren(axes({
    x, y, left: LEFT, right, top: TOP, bottom: BOTTOM, xName: over === "epoch" ? "epoch" : "seconds of training",
    yName: percent ? `${text}, %` : text,
    xTicks: xMarks.values.filter((value) => over !== "epoch" || Number.isInteger(value)).map((value) => [value, number(value, 0)]),
    yTicks: yMarks.values.map((value) => [value, percent ? number(100 * value, Math.max(0, yMarks.decimals - 2)) : number(value, yMarks.decimals)]),
  }));
  if (over === "epoch") page.append(svg("line", { class: "rnn-cursor", x1: x(when), x2: x(when), y1: TOP, y2: BOTTOM }));
  for (const { look, middle, curves } of drawn) {
    if (model.get("mean")) drawMean(page, look, middle, x, y);
    else for (const one of curves) drawRun(page, look, one.map(([a, b]) => [x(a), y(b)]));
    const read = model.get("mean") ? (middle[when - 1] ? [[middle[when - 1].x, middle[when - 1].y]] : [])
      : curves.filter((one) => one.length >= when).map((one) => one[when - 1]);
    page.append(marks(look, read.map(([a, b]) => [x(a), y(b)]), 6, { class: `${look.area} rnn-now` }));
  }
  page.onpointermove = (event) => {
    const place = (event.clientX - page.getBoundingClientRect().left) * (width / page.getBoundingClientRect().width);
    const near = drawn.flatMap(({ middle, curves }) => (model.get("mean") ? [middle.map((one) => [one.x, one.y])] : curves))
      .flatMap((one) => one.map(([a], i) => [Math.abs(x(a) - place), i + 1])).sort(([a], [b]) => a - b)[0];
    if (near && near[1] !== model.get("at")) change(model, { at: near[1] });
  };
  page.setAttribute("aria-label", `Curves of the ${text} over the ${over === "epoch" ? "epochs" : "seconds of training"}. After `
    + `epoch ${when}: ${drawn.map(({ one }) => `${label(one)} ${reached(one, model) ?? "ended before"}`).join("; ")}.`);
}

function drawRun(page, look, places) {
  page.append(svg("polyline", { class: `${look.line} rnn-thin`, "stroke-dasharray": look.dashes, points: points(places) }),
    marks(look, places, 2.6));
}

function drawMean(page, look, middle, x, y) {
  const above = middle.map((one) => [x(one.x), y(one.y + one.sd)]), below = middle.map((one) => [x(one.x), y(one.y - one.sd)]);
  page.append(svg("polygon", { class: `${look.area} rnn-band`, points: points([...above, ...below.reverse()]) }),
    svg("polyline", { class: look.line, "stroke-dasharray": look.dashes, points: points(middle.map((one) => [x(one.x), y(one.y)])) }),
    marks(look, middle.map((one) => [x(one.x), y(one.y)]), 3.6));
}

// A row an experiment: its name, its mean ± sd, a mark for the test accuracy of each seed.
function drawDots(page, width, some, looks) {
  const height = ROW * some.length + 46, bottom = height - 40, right = width - 14, left = 14;
  setAll(page, { height, viewBox: `0 0 ${width} ${height}` });
  const values = some.flatMap(({ runs }) => runs.map(({ test }) => test));
  if (!values.length) {
    page.replaceChildren();
    page.setAttribute("aria-label", "No experiment is chosen.");
    return;
  }
  const low = Math.min(...values), high = Math.max(...values), edge = Math.max(0.05 * (high - low), 0.005);
  const x = scale([low - edge, high + edge], [left, right]), xMarks = ticks(low - edge, high + edge, width < 420 ? 4 : 7);
  page.replaceChildren(axes({
    x, y: () => bottom, left, right, top: 4, bottom, yTicks: [], xName: "accuracy on the test set, %", yName: "",
    xTicks: xMarks.values.map((value) => [value, number(100 * value, Math.max(0, xMarks.decimals - 2))]),
  }));
  some.forEach((one, row) => {
    const tests = one.runs.map(({ test }) => test), middle = mean(tests), sd = deviation(tests), y = row * ROW + 34, look = looks(one);
    page.append(
      svg("text", { class: "rnn-small rnn-halo", x: left, y: row * ROW + 17 }, shorten(label(one), width)),
      svg("text", { class: "rnn-small rnn-strong rnn-halo", x: right, y: row * ROW + 17, "text-anchor": "end" }, spread(tests, true)),
      svg("line", { class: "rnn-line rnn-thin", x1: x(middle - sd), x2: x(middle + sd), y1: y, y2: y }),
      svg("line", { class: "rnn-line", x1: x(middle), x2: x(middle), y1: y - 9, y2: y + 9 }),
      marks(look, tests.map((test) => [x(test), y]), 4.5, { class: `${look.area} rnn-dot` }));
  });
  page.setAttribute("aria-label", "Accuracy on the test set, seed by seed. " + some.map((one) => `${label(one)}: ${spread(one.runs
    .map(({ test }) => test), true)} (${one.runs.map(({ test }) => shown(test, true)).join(", ")})`).join("; "));
}

function shorten(text, width) {
  const room = Math.floor((width - 110) / 7);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function chooser(model, experiments, groups, suggestions) {
  const most = model.get("most"), filterId = ownId("filter"), title = html("summary", {}), nothing = html("p", { role: "status" });
  const filter = html("input", { type: "text", id: filterId, maxlength: 100, autocomplete: "off",
    oninput: () => change(model, { filter: filter.value.slice(0, 100) }) });
  const lists = grouped(experiments).map(([group, members]) => {
    const name = groups[group] ?? group, summary = html("summary", {});
    const entries = members.map((one) => {
      const box = html("input", { type: "checkbox", onchange: () => toggle(one.id, box.checked) });
      return { one, box, line: html("label", {}, box, ` ${label(one)}, ${one.runs.length === 1 ? "1 run" : `${one.runs.length} runs`}`) };
    });
    return { name, summary, entries, node: html("details", { class: "rnn-group" }, summary, ...entries.map(({ line }) => line)) };
  });
  const toggle = (id, on) => change(model, { chosen: [...model.get("chosen").filter((one) => one !== id), ...(on ? [id] : [])] });
  const open = () => { for (const { entries, node } of lists) node.open = entries.some(({ box }) => box.checked); };

  follow(model, ["chosen"], () => {
    const now = model.get("chosen"), full = now.length >= most;
    title.textContent = `Choose experiments: ${now.length} of at most ${most}`;
    for (const { name, summary, entries } of lists) {
      for (const { one, box } of entries) {
        box.checked = now.includes(one.id);
        box.disabled = full && !box.checked;
      }
      summary.textContent = `${name}: ${entries.filter(({ box }) => box.checked).length} of ${entries.length}`;
    }
  });
  follow(model, ["filter"], () => {
    const wanted = model.get("filter").trim();
    if (filter.value.trim() !== wanted) filter.value = wanted;
    let found = 0;
    for (const { name, entries, node } of lists) {
      for (const { one, line } of entries) {
        line.hidden = !matches(one, name, wanted);
        found += !line.hidden;
      }
      node.hidden = entries.every(({ line }) => line.hidden);
      node.open = !node.hidden;
    }
    nothing.textContent = wanted ? (found ? `${found} experiments match.` : "No experiment matches.") : "";
    if (!wanted) open();
  });
  return html("details", { class: "rnn-chooser", open: true }, title,
    html("p", {}, "Try: ", ...Object.entries(suggestions).map(([text, ids]) => button(text, () => change(model, { chosen: ids })))),
    html("div", { class: "rnn-control" }, html("label", { for: filterId }, "Only those with"), " ", filter), nothing,
    html("div", { class: "rnn-groups" }, ...lists.map(({ node }) => node)));
}

function grouped(experiments) {
  const found = new Map();
  for (const one of experiments) found.set(one.group, [...(found.get(one.group) ?? []), one]);
  return [...found];
}

export default { render };
