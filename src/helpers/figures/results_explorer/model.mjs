// What the results explorer works out of the records: means, spreads, pairs of seeds, ticks. Nothing here draws.

export const QUANTITIES = {
  val_accuracy: { text: "accuracy on the validation reviews", percent: true },
  accuracy: { text: "accuracy on the training reviews", percent: true },
  val_loss: { text: "loss on the validation reviews", percent: false },
  loss: { text: "loss on the training reviews", percent: false },
};

export function label({ title, id, flatters }) {
  return `${title} (${id})${flatters ? " †" : ""}`;
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// The sample standard deviation (n − 1); that of a single value is 0.
export function deviation(values) {
  if (values.length < 2) return 0;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

export function shown(value, percent) {
  return percent ? (100 * value).toFixed(1) : value.toFixed(3);
}

// "85.7 ± 1.6 %": of one value no spread, of none a dash
export function spread(values, percent) {
  if (!values.length) return "–";
  const text = shown(mean(values), percent) + (values.length > 1 ? ` ± ${shown(deviation(values), percent)}` : "");
  return text + (percent ? " %" : "");
}

export const epochsOf = ({ runs }) => Math.max(0, ...runs.map((run) => run.loss.length));

// The points of one run: after which epoch, or after how many seconds of training.
export function curve(run, quantity, over) {
  let seconds = 0;
  return run[quantity].map((value, i) => {
    seconds += run.seconds[i] ?? 0;
    return [over === "epoch" ? i + 1 : seconds, value];
  });
}

// The mean of the runs and its deviation, as far as every run trained.
export function meanCurve({ runs }, quantity, over) {
  const curves = runs.map((run) => curve(run, quantity, over));
  const length = Math.min(...curves.map((one) => one.length));
  return Array.from({ length }, (_, i) => {
    const values = curves.map((one) => one[i][1]);
    return { x: mean(curves.map((one) => one[i][0])), y: mean(values), sd: deviation(values) };
  });
}

// What the runs had reached after an epoch; those that had ended are left out.
export function at({ runs }, quantity, epoch) {
  return runs.filter((run) => run[quantity].length >= epoch).map((run) => run[quantity][epoch - 1]);
}

// Of all pairs of one run each: how often the run of the worse model is the better one. Null where there is too little.
export function upsets(experiments) {
  const several = experiments.filter(({ runs }) => runs.length > 1);
  if (several.length < 2) return null;
  const accuracies = ({ runs }) => runs.map((run) => run.test);
  const [worse, better] = several.slice(0, 2).sort((a, b) => mean(accuracies(a)) - mean(accuracies(b)));
  const pairs = accuracies(worse).flatMap((low) => accuracies(better).map((high) => low > high));
  return {
    worse, better, pairs: pairs.length, won: pairs.filter(Boolean).length,
    ahead: mean(accuracies(better)) - mean(accuracies(worse)),
  };
}

// Round numbers from low to high, about `count` of them, and their decimals.
export function ticks(low, high, count) {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return {
    values: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step),
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  };
}

export function matches({ id, title }, group, filter) {
  const text = `${id} ${title} ${group}`.toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
