"""Speed, measured side by side in one process: ``make bench``.

``python -m tools.bench.train tokenise`` times coding 50,000 reviews. ``… train`` trains c2-lstm plainly
and by each recipe below, seed by seed, and asks how long each needs to the plain version's validation accuracy. Results
go to ``src/helpers/recorded/bench/``; a training that stands there is not repeated.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from helpers import data, runs, text
from helpers.experiments.published import C_DATA
from helpers.files import atomically
from helpers.layers import FusedLSTM
from helpers.results import benchmarks
from helpers.results.benchmarks import BENCH, PLAIN
from helpers.text.corpus import Corpus
from tools.train.batches import batches, length_buckets


@dataclass(frozen=True)
class Recipe:
    """How to train c2-lstm: what changes against ``pad_sequences`` and ``fit`` on arrays, and why it might help."""

    why: str
    batch_size: int = 128
    optimizer: str = "RMSprop"
    learning_rate: float = 1e-3
    fed: str = "buckets"  # "arrays": padded, to fit; "batches": padded, without the pause; "buckets": of like length
    fused: bool = False  # the loop of the LSTM as one operation
    lengths: tuple[int, ...] = ()  # how many words the first epochs may read; all 500 after that
    masked: bool = False  # zeros behind the text, and skipped
    average: float = 0.0  # momentum of the moving average of the weights that is validated; 0 for none
    epochs: int = 10


RECIPES = {
    PLAIN: Recipe("pad_sequences to 500 and fit, as published", fed="arrays"),
    "no pause": Recipe("the same, without the pause at the end of an epoch", fed="batches"),
    "buckets": Recipe("reviews of like length together"),
    "buckets, fused": Recipe("and the loop as one operation", fused=True),
    "buckets, fused, short first": Recipe(
        "and the first epochs read only the end of each review", fused=True, lengths=(100, 200), epochs=6
    ),
    "buckets, fused, short first, averaged": Recipe(
        "and a moving average of the weights is validated", fused=True, lengths=(100, 200), average=0.98, epochs=6
    ),
    "buckets, masked": Recipe(
        "zeros behind the text, and skipped: exact, but every step asks the mask", masked=True, epochs=5
    ),
    "fused, averaged": Recipe("validate a moving average of the weights", fused=True, average=0.98, epochs=6),
    "fused, batch of 64": Recipe("twice as many steps in an epoch", fused=True, batch_size=64, epochs=6),
    "fused, batch of 512": Recipe("a quarter of the steps", fused=True, batch_size=512),
    "fused, batch of 512, rate × 4": Recipe(
        "a quarter of the steps, each four times as long", fused=True, batch_size=512, learning_rate=4e-3
    ),
    "fused, Adam": Recipe(
        "another optimizer at a higher rate", fused=True, optimizer="Adam", learning_rate=3e-3, epochs=6
    ),
}


def train(name: str, seed: int, reviews: int) -> dict[str, Any]:
    """Train c2-lstm by one recipe: validation accuracy and seconds since the start, after each epoch."""
    import keras
    from keras import layers

    recipe, wanted = RECIPES[name], C_DATA
    imdb = data.load_imdb_sequences(num_words=wanted.num_words)
    if imdb.source == "sample":
        raise ValueError("a benchmark is run on the real reviews: set RNN_DATA to a folder that has them.")
    rows = np.linspace(0, len(imdb.x_train) - 1, reviews).astype(int)
    x, y = [imdb.x_train[row] for row in rows], imdb.y_train[rows]
    n_train = int(0.8 * len(x))
    settings: dict[str, Any] = {"use_ema": True, "ema_momentum": recipe.average} if recipe.average else {}
    runs.set_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(wanted.num_words, 32, mask_zero=recipe.masked),
            (FusedLSTM if recipe.fused else layers.LSTM)(32),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    optimizer = getattr(keras.optimizers, recipe.optimizer)(recipe.learning_rate, **settings)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])

    start = 0.0  # set below, when the training begins
    seconds: list[float] = []
    history: list[float] = []
    callbacks = [
        keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seconds.append(time.perf_counter() - start))
    ] + [keras.callbacks.SwapEMAWeights(swap_on_epoch=True)] * bool(recipe.average)

    def fit(*fed: Any, epochs: int, **options: Any) -> None:
        history.extend(
            model.fit(*fed, epochs=epochs, verbose=0, callbacks=callbacks, **options).history["val_accuracy"]
        )

    start, start_cpu = time.perf_counter(), time.process_time()  # padding and sorting are part of the price
    if recipe.fed == "arrays":
        padded = keras.utils.pad_sequences(x, wanted.length)
        fit(padded, y, epochs=recipe.epochs, batch_size=recipe.batch_size, validation_split=0.2)
    elif recipe.fed == "batches":
        padded = keras.utils.pad_sequences(x, wanted.length)
        fit(
            batches(padded[:n_train], y[:n_train], batch_size=recipe.batch_size, shuffle_seed=seed),
            epochs=recipe.epochs,
            validation_data=batches(padded[n_train:], y[n_train:], batch_size=512),
        )
    else:
        side = "post" if recipe.masked else "pre"
        held_out = length_buckets(x[n_train:], y[n_train:], batch_size=512, length=wanted.length, padding=side)
        stages = [(length, 1) for length in recipe.lengths]
        for stage, (length, epochs) in enumerate([*stages, (wanted.length, recipe.epochs - len(stages))]):
            fed = length_buckets(
                x[:n_train], y[:n_train], batch_size=recipe.batch_size, length=length, padding=side,
                shuffle_seed=100 * stage + seed,
            )  # fmt: skip
            fit(fed, epochs=epochs, validation_data=held_out)
    accuracy = [round(float(value), 4) for value in history]
    return {
        "recipe": name,
        "why": recipe.why,
        "seed": seed,
        "n_train": n_train,
        "validation_accuracy": accuracy,
        "seconds": [round(second, 2) for second in seconds],
        "cpu_seconds": round(time.process_time() - start_cpu, 2),
        "load_average": round(os.getloadavg()[0], 2),
        "cores": len(os.sched_getaffinity(0)),
        "date": datetime.date.today().isoformat(),
    }


def bench_train(seeds: int, reviews: int, names: list[str], folder: Path) -> list[dict[str, Any]]:
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for seed in range(1, seeds + 1):  # side by side: whatever slows the machine slows every recipe
        for name in names:
            path = folder / f"train-{re.sub('[^a-z0-9]+', '-', name.lower())}-{seed}.json"
            if not path.exists():
                with atomically(path) as part:
                    part.write_text(json.dumps(train(name, seed, reviews), indent=1) + "\n", encoding="utf-8")
            found.append(json.loads(path.read_text(encoding="utf-8")))
            print(f"seed {seed}, {name}: {found[-1]['validation_accuracy']} after {found[-1]['seconds']} s", flush=True)
    return found


def bench_tokenise(reviews: int, folder: Path, repeats: int = 3) -> None:
    """Count the words of the reviews and code them: Keras's classic Tokenizer against Corpus, codes compared."""
    from keras.src.legacy.preprocessing.text import Tokenizer  # Keras 3 keeps it out of its public names

    parts = [data.load_imdb(split) for split in ("train", "test")]
    if parts[0].source == "sample":
        raise ValueError("a benchmark is run on the real reviews: set RNN_DATA to a folder that has them.")
    texts = [one.replace("<br />", " ") for part in parts for one in part.texts][:reviews]  # Keras keeps a word "br"

    def classic() -> list[list[int]]:
        tokenizer = Tokenizer(num_words=10_000 - 2, oov_token="[OOV]")
        tokenizer.fit_on_texts(texts)
        return tokenizer.texts_to_sequences(texts)

    def ours() -> list[np.ndarray]:
        corpus = Corpus(texts)
        return corpus.encode(corpus.vocabulary(10_000))

    def one_by_one() -> list[list[int]]:
        vocabulary = text.Vocabulary.from_texts(texts, 10_000)
        return [vocabulary.encode(one, add_start=False) for one in texts]

    seconds = {way.__name__: _best(way, repeats) for way in (classic, one_by_one, ours)}
    # Keras gives [OOV] code 1 and the most frequent word 2; we give them 2 and 4.
    same = all(
        np.array_equal(np.where(np.array(theirs) == 1, 2, np.array(theirs) + 2), mine)
        for theirs, mine in zip(classic(), ours(), strict=True)
    )
    result = {
        "reviews": len(texts),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "times_faster": round(seconds["classic"] / seconds["ours"], 1),
        "same_codes": same,
        "load_average": round(os.getloadavg()[0], 2),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenise.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def _best(way: Callable[[], Any], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        way()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["tokenise", "train"], metavar="tokenise | train")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--recipes", nargs="+", default=list(RECIPES), choices=RECIPES, metavar="RECIPE")
    parser.add_argument("--reviews", type=int, help="fewer reviews, for a try; then nothing is recorded")
    options = parser.parse_args(arguments)
    folder = BENCH
    if options.reviews:
        import tempfile

        folder = Path(tempfile.mkdtemp(prefix="bench-"))
    if "tokenise" in options.what:
        bench_tokenise(options.reviews or 50_000, folder)
    if "train" in options.what:
        names = list(dict.fromkeys([PLAIN, *options.recipes]))
        found = bench_train(options.seeds, options.reviews or 25_000, names, folder)
        print(f"\n{benchmarks.table(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
