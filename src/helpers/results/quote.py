"""Numbers for prose, always out of the records: what the ``{recorded}`` role understands."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from helpers.experiments import EXPERIMENTS, experiment
from helpers.results import benchmarks, formats, records
from helpers.results.compare import Comparison, compare, compare_all
from helpers.results.frame import curves, frame
from helpers.results.planned import planned
from helpers.results.schedule import makespan

if TYPE_CHECKING:
    import pandas as pd

# What can be quoted → the column of the frame that it is, and its unit.
MEASURED = {
    "test_accuracy": ("test", "%"),
    "validation_accuracy": ("validation", "%"),
    "best_validation_accuracy": ("best_validation", "%"),
    "train_accuracy": ("train", "%"),
    "seconds_per_epoch": ("seconds_per_epoch", "s"),
    "seconds": ("seconds", "s"),
    "minutes": ("seconds", "minutes"),
    "hours": ("seconds", "hours"),
    "epochs": ("epochs", ""),
    "chosen_epoch": ("chosen_epoch", ""),
    "best_epoch": ("best_epoch", ""),
    "parameters": ("parameters", ""),
    "n_train": ("n_train", ""),
    "n_validation": ("n_validation", ""),
    "n_test": ("n_test", ""),
}
BY_EPOCH = {
    "validation_accuracy": "val_accuracy",
    "best_validation_accuracy": "val_accuracy",
    "train_accuracy": "accuracy",
}
COUNTED = ("seeds", "experiments", "capped")
PUBLISHED = ("published", "published_best", "published_parameters")
QUANTITIES = (*MEASURED, *COUNTED, *PUBLISHED)
STATISTICS = ("mean", "median", "sd", "min", "max", "range", "span", "list", "sum", "interval", "error")
OF_A_PAIR = ("gap", "size", "interval", "p", "smallest_p", "wins", "chance", "sd", "list", "seeds", "error")
BOUNDS = ("above", "below", "reaching")
PARTS = {"minutes": 60.0, "hours": 3600.0}


@dataclass(frozen=True)
class Term:
    """Experiments, one quantity of theirs, and the epoch after which it is meant (0: as recorded)."""

    names: tuple[str, ...]
    quantity: str = ""
    epoch: int = 0


def quote(expression: str) -> str:
    """One recorded number as text, for prose: what stands in ``{recorded}`…```.

    **One experiment**: ``ID QUANTITY [STATISTIC]``.

    ========================================================  ==========================  ==================
    quantity                                                  without a statistic         unit
    ========================================================  ==========================  ==================
    ``test_accuracy`` ``train_accuracy``
    ``validation_accuracy`` (the epoch kept, or the last)
    ``best_validation_accuracy``                              mean ± sd over the seeds    per cent
    ``seconds_per_epoch`` (the median of a run)
    ``seconds`` ``minutes`` ``hours`` (the whole training)    mean ± sd                   as named
    ``epochs`` (trained) ``chosen_epoch`` (kept)
    ``best_epoch`` (by validation)                            the number, or mean ± sd
    ``parameters`` ``n_train`` ``n_validation`` ``n_test``    the number
    ``seeds`` (recorded runs) ``experiments``                 how many
    ``capped`` (of those that validation might stop, how many
        ran on to the last epoch they might have)                 ``2 of 5``
    ``published`` ``published_best``                          the source's figure         per cent
    ``published_parameters``                                  the source's count
    ========================================================  ==========================  ==================

    ``validation_accuracy@4`` is that after epoch 4, ``best_validation_accuracy@4`` the best of the first four,
    ``train_accuracy@4`` likewise.

    Statistics over the seeds: ``mean`` ``median`` ``min`` ``max`` ``sum`` (with the unit); ``sd`` ``range`` ``error``
    (the standard error from the finite test set; without the unit); ``span`` (least to greatest); ``interval`` (95 %,
    of the mean, by t); ``list`` (every seed); ``seed 3`` (that run).
    ``ID QUANTITY above X`` (``below``, ``reaching``) counts runs: ``4 of 5``. X is a number, ``published``, or an id,
    whose mean it is.

    **Several experiments**: ids with commas, or a pattern such as ``early-*``, which means those with a record.
    ``mean`` ``median`` ``min`` ``max`` ``range`` ``span`` ``list`` are then those of their *means*; ``mean sd``,
    ``min sd``, ``max sd`` and ``span sd`` those of their standard deviations; ``sum`` and the counts are over all runs.

    **Two of them**, by :func:`helpers.results.compare`: ``ID minus ID QUANTITY [STATISTIC]``, in points. Also
    ``ID QUANTITY minus QUANTITY`` (of the same runs), ``ID QUANTITY minus published``, and in full
    ``ID QUANTITY minus ID QUANTITY``. Without a statistic, the difference of the means; ``gap``, with its sign also
    when it is a plus; ``size``, without any; ``interval`` (95 %); ``p``, and ``p in FAMILY``, Holm's over a family of
    :mod:`helpers.results.planned`; ``smallest_p`` (that so many seeds could give); ``wins`` (seeds on which the first
    is higher, ``4 of 5``); ``chance`` (of all pairs of runs, one of each, the share in which the first is higher; a tie
    counts half); ``sd`` and ``list`` (of the differences); ``seeds``; ``error`` (from the finite test set).
    ``ID over ID QUANTITY`` is the ratio of the means, of seconds of the medians.

    **How long on a cluster**: ``hours on 32 workers`` (``seconds``, ``minutes``), of all the runs named, by
    :func:`helpers.results.schedule.makespan`. **A benchmark**: ``bench NAME KEY``, from ``recorded/bench/NAME.json``.

    Examples
    --------
    >>> quote("b2-lstm parameters")
    '264,353'
    >>> quote("b2-lstm n_train") + " of " + quote("d3-lstm n_train")
    '20,000 of 25,000'

    Raises
    ------
    ValueError
        With a sentence that holds the expression, for what does not follow this grammar, for an unknown id, where
        nothing is recorded, and where the quantity does not exist: a linear model has no epochs, one run has no
        standard deviation.
    """
    try:
        words = expression.split()
        return _measured(words) if words[:1] == ["bench"] else _answer(_Parsed.of(expression))
    except ValueError as error:
        raise ValueError(f"cannot quote {' '.join(expression.split())!r}: {error}") from None


def quoted_files(expression: str) -> list[Path]:
    """The files that an expression reads, so that a page can be made again when they change."""
    words = expression.split()
    if words[:1] == ["bench"]:
        return [benchmarks.BENCH / f"{words[-2]}.json"] if len(words) == 3 else []
    return [path for name in quoted_experiments(expression) for path in (records.FOLDER / name).glob("seed-*.json")]


def quoted_experiments(expression: str) -> list[str]:
    """The ids whose records an expression reads."""
    words = expression.split()
    found = [name for word in words for part in word.split(",") for name in fnmatch.filter(EXPERIMENTS, part)]
    if "in" in words[:-1]:
        found += [name for pair in planned(words[-1]).pairs for name in pair]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class _Parsed:
    first: Term
    second: Term | None = None
    sign: str = ""  # "minus", "over", or one of BOUNDS
    bound: str = ""
    statistic: tuple[str, ...] = ()
    family: str = ""

    @classmethod
    def of(cls, expression: str) -> _Parsed:
        words, family, bound = expression.split(), "", ""
        if "in" in words[:-1]:
            place = words.index("in")
            words, (family, *rest) = words[:place], words[place + 1 :]
            if rest or words[-1:] != ["p"]:
                raise ValueError("a family stands at the end, after p: ID minus ID QUANTITY p in FAMILY.")
        sign = next((word for word in words if word in ("minus", "over", *BOUNDS)), "")
        left, right = words, []
        if sign:
            place = words.index(sign)
            left, right = words[:place], words[place + 1 :]
        first, statistic = _term(left, names=True)
        if sign in BOUNDS:
            if len(right) != 1 or statistic or not first.quantity:
                raise ValueError(f"write ID QUANTITY {sign} X, where X is a number, an id, or published.")
            return cls(first, sign=sign, bound=right[0])
        if not sign:
            if not first.quantity:
                raise ValueError(f"write ID QUANTITY [STATISTIC], QUANTITY one of {', '.join(QUANTITIES)}.")
            return cls(first, statistic=statistic, family=family)
        if statistic:
            raise ValueError(f"the statistic of a difference stands at its end, not before {sign!r}.")
        second, statistic = _term(right, names=False)
        second = replace(second, names=second.names or first.names)
        first = first if first.quantity else replace(first, quantity=second.quantity, epoch=second.epoch)
        if not second.quantity:
            raise ValueError(f"write ID {sign} ID QUANTITY, QUANTITY one of {', '.join(QUANTITIES)}.")
        return cls(first, second, sign, bound, statistic, family)


def _term(words: list[str], names: bool) -> tuple[Term, tuple[str, ...]]:
    """The ids and the quantity with which ``words`` begin, and what is left: a statistic."""
    rest = list(words)
    found: tuple[str, ...] = ()
    if rest and (names or rest[0].partition("@")[0] not in QUANTITIES):
        found = _names(rest.pop(0))
    quantity, epoch = "", 0
    if rest and rest[0].partition("@")[0] in QUANTITIES:
        quantity, _, after = rest.pop(0).partition("@")
        if after:
            if quantity not in BY_EPOCH or not after.isdecimal() or not int(after):
                raise ValueError(f"{quantity}@{after}: a number of an epoch follows {', '.join(BY_EPOCH)} only.")
            epoch = int(after)
    elif names and rest:
        raise ValueError(
            f"{rest[0]!r} is no quantity; write ID QUANTITY [STATISTIC], QUANTITY one of {', '.join(QUANTITIES)}."
        )
    return Term(found, quantity, epoch), tuple(rest)


def _names(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in word.split(","):
        if "*" in part:
            # What is planned and not recorded yet has no number to quote.
            some = [
                name for name in fnmatch.filter(EXPERIMENTS, part) if any((records.FOLDER / name).glob("seed-*.json"))
            ]
            if not some:
                raise ValueError(f"no recorded experiment is called like {part!r}.")
            found += some
        else:
            experiment(part)
            found.append(part)
    return tuple(dict.fromkeys(found))


def _answer(asked: _Parsed) -> str:
    if asked.sign in BOUNDS:
        return _count(asked)
    if asked.second is not None:
        return _ratio(asked, asked.second) if asked.sign == "over" else _difference(asked, asked.second)
    if asked.first.quantity in PUBLISHED:
        return _published(asked.first, asked.statistic)
    if asked.first.quantity in COUNTED:
        if asked.statistic:
            raise ValueError(f"{asked.first.quantity} is a count and has no statistic.")
        runs = _runs(asked.first)
        if asked.first.quantity == "capped":
            runs = runs[[experiment(name).patience is not None for name in runs.experiment]]
            if runs.empty:
                raise ValueError("none of these is stopped by validation, so none can be cut off.")
            return formats.share(int(runs.capped.sum()), len(runs))
        return f"{len(runs) if asked.first.quantity == 'seeds' else runs.experiment.nunique():,}"
    return _statistic(asked.first, asked.statistic)


# Values


def _runs(term: Term) -> pd.DataFrame:
    runs = frame(*term.names)
    for name in term.names:
        if name not in set(runs.experiment):
            raise ValueError(f"{name} has no recorded run to quote: train it with `python -m tools.train {name}`.")
    return runs


def _values(term: Term) -> pd.Series:
    """The quantity of every run, by experiment and seed; constants are refused before."""
    runs = _runs(term).set_index(["experiment", "seed"])
    values = runs[MEASURED[term.quantity][0]] / PARTS.get(term.quantity, 1.0)
    for name, _ in values.index[values.isna()]:
        raise ValueError(f"{name} has no {term.quantity}: it is a linear model, which is not trained in epochs.")
    if not term.epoch:
        return values
    every = curves(*term.names)
    every = every[every.epoch <= term.epoch].groupby(["experiment", "seed"], sort=False)
    short = every.epoch.max() < term.epoch
    if short.any() or len(short) < len(values):
        raise ValueError(f"not every run was trained for {term.epoch} epochs.")
    column = every[BY_EPOCH[term.quantity]]
    return (column.max() if term.quantity.startswith("best") else column.last()).reindex(values.index)


def _published_value(name: str, quantity: str) -> float:
    published = experiment(name).published
    figure = published and {
        "published": published.accuracy, "published_best": published.best, "published_parameters": published.parameters,
    }[quantity]  # fmt: skip
    if not figure:
        raise ValueError(f"nothing was published for {name}.")
    return float(figure) if quantity == "published_parameters" else 100 * figure


def _published(term: Term, statistic: tuple[str, ...]) -> str:
    if statistic or len(term.names) > 1:
        raise ValueError("what was published is one number of one experiment, without a statistic.")
    value = _published_value(term.names[0], term.quantity)
    return f"{value:,.0f}" if term.quantity == "published_parameters" else formats.with_unit(formats.plain(value), "%")


# One term


def _number(value: float, term: Term, digits: int = 1) -> str:
    """One value as it is written, without its unit: whole where it can only be whole."""
    whole = MEASURED[term.quantity][1] == "" and float(value).is_integer()
    return formats.plain(value, 0 if whole or (term.quantity == "seconds" and value >= 100) else digits)


def _statistic(term: Term, statistic: tuple[str, ...]) -> str:
    values, unit = _values(term), MEASURED[term.quantity][1]
    if statistic[:1] == ("seed",):
        return _of_seed(values, term, statistic[1:])
    if statistic[:1] == ("on",):
        return _on_workers(values, term, statistic[1:])
    if statistic == ("sum",):
        return formats.with_unit(_number(values.sum(), term), unit)
    several = len(term.names) > 1
    if several and statistic[1:] == ("sd",) and statistic[0] in ("mean", "min", "max", "span"):
        deviations = values.groupby("experiment", sort=False).std(ddof=1).dropna()
        if deviations.empty:
            raise ValueError("one run has no standard deviation.")
        return _one(deviations, term, statistic[0], "")
    if len(statistic) > 1 or (statistic and statistic[0] not in STATISTICS):
        known = ", ".join(STATISTICS)
        raise ValueError(f"{' '.join(statistic)!r} is no statistic; the statistics are {known} and seed K.")
    if not several:
        return _one(values, term, statistic[0] if statistic else "", unit)
    if unit == "" and values.nunique() == 1:
        return _number(values.iloc[0], term)
    if not statistic or statistic[0] in ("sd", "interval", "error"):
        raise ValueError(
            "of several experiments one asks for the mean, median, min, max, range, span or list of their means, for "
            "mean, min, max or span sd, or for the sum."
        )
    return _one(values.groupby("experiment", sort=False).mean(), term, statistic[0], unit)


def _one(values: pd.Series, term: Term, statistic: str, unit: str) -> str:
    least, most = values.min(), values.max()
    if statistic == "" and unit == "" and least == most:
        return _number(least, term)
    if statistic == "":
        mean, sd = formats.mean_sd(values)
        text = _number(mean, term) if np.isnan(sd) else f"{_number(mean, term)} ± {_number(sd, term)}"
        return formats.with_unit(text, unit)
    if statistic in ("mean", "median", "min", "max"):
        return formats.with_unit(_number(getattr(values, statistic)(), term), unit)
    if statistic == "range":
        return _number(most - least, term)
    if statistic == "span":
        low, high = _number(least, term), _number(most, term)
        return formats.with_unit(low if low == high else f"{low} to {high}", unit)
    if statistic == "list":
        return formats.with_unit(", ".join(_number(value, term) for value in values), unit)
    if statistic == "error":
        if term.quantity != "test_accuracy":
            raise ValueError("the error of the test sample is one of test_accuracy.")
        share, n = values.mean() / 100, frame(*term.names).n_test.iloc[0]
        return formats.plain(100 * np.sqrt(share * (1 - share) / n))
    if len(values) < 2:
        raise ValueError("one run has no standard deviation.")
    if statistic == "sd":
        return _number(formats.mean_sd(values)[1], term)
    from scipy import stats

    low, high = stats.ttest_1samp(values, 0.0).confidence_interval(0.95)
    return formats.with_unit(f"{_number(low, term)} to {_number(high, term)}", unit)


def _of_seed(values: pd.Series, term: Term, words: tuple[str, ...]) -> str:
    if len(words) != 1 or not words[0].isdecimal() or len(term.names) > 1:
        raise ValueError("write ID QUANTITY seed K, K being the number of the seed.")
    place = (term.names[0], int(words[0]))
    if place not in values.index:
        raise ValueError(f"{term.names[0]} has no recorded seed {words[0]}.")
    return formats.with_unit(_number(values[place], term), MEASURED[term.quantity][1])


def _on_workers(values: pd.Series, term: Term, words: tuple[str, ...]) -> str:
    told = len(words) == 2 and words[0].isdecimal() and words[1] in ("worker", "workers")
    if not told or term.quantity not in ("seconds", *PARTS):
        raise ValueError("write seconds, minutes or hours on N workers.")
    return formats.with_unit(_number(makespan(values, int(words[0])), term), MEASURED[term.quantity][1])


def _measured(words: list[str]) -> str:
    """What a benchmark measured: ``bench NAME KEY``."""
    if len(words) != 3:
        raise ValueError("write bench NAME KEY, a key of src/helpers/recorded/bench/NAME.json.")
    found = benchmarks.load(words[1])
    if words[2] not in found:
        raise ValueError(f"the benchmark {words[1]} has no {words[2]!r}; it has {', '.join(found)}.")
    value = found[words[2]]
    if not isinstance(value, int | float) or isinstance(value, bool):
        return str(value)
    text = formats.plain(value, 0 if isinstance(value, int) else 1)
    return formats.with_unit(text, "s" if words[2].startswith("seconds") else "")


def _count(asked: _Parsed) -> str:
    if asked.first.quantity not in MEASURED:
        raise ValueError(f"runs are counted by one of {', '.join(MEASURED)}.")
    values = _values(asked.first)
    if asked.bound == "published":
        bounds = [_comparable(asked.first, name) for name in values.index.get_level_values("experiment")]
    else:
        try:
            bounds = [float(asked.bound)] * len(values)
        except ValueError:
            bounds = [_values(Term(_names(asked.bound), asked.first.quantity)).mean()] * len(values)
    distance = values.to_numpy() - np.asarray(bounds)
    counted = {"above": distance > 1e-9, "below": distance < -1e-9, "reaching": distance > -1e-9}[asked.sign]
    return formats.share(int(counted.sum()), len(values))


def _comparable(term: Term, name: str) -> float:
    """The published figure, if it was taken on the same kind of reviews as the quantity beside it."""
    figure, published = _published_value(name, "published"), experiment(name).published
    on = published.on if published else ""
    validated = term.quantity.endswith("validation_accuracy")
    if experiment(name).protocol == "honest" and validated != (on == "validation set"):
        wanted = "validation_accuracy" if on == "validation set" else "test_accuracy"
        raise ValueError(f"the figure published for {name} is one of the {on}: compare {wanted} with it.")
    return figure


# Two terms


def _difference(asked: _Parsed, second: Term) -> str:
    first, statistic = asked.first, " ".join(asked.statistic)
    if len(first.names) > 1 or len(second.names) > 1:
        raise ValueError("a difference is one of two single experiments.")
    if statistic and statistic not in OF_A_PAIR:
        raise ValueError(f"{statistic!r} is no statistic of a pair; they are {', '.join(OF_A_PAIR)}.")
    if first.quantity in PUBLISHED:
        if second.quantity not in PUBLISHED or statistic not in ("", "gap", "size"):
            raise ValueError("a published figure is one number: only another can be taken from it, as gap or size.")
        gap = _published_value(first.names[0], first.quantity) - _published_value(second.names[0], second.quantity)
        return _shown_gap(gap, statistic)
    if first.quantity not in MEASURED or (second.quantity not in (*MEASURED, "published", "published_best")):
        raise ValueError(f"a difference is one of {', '.join(MEASURED)}, or of one of them and published.")
    if second.quantity in PUBLISHED:
        a, b = _values(first).droplevel("experiment"), _comparable(first, second.names[0])
        if second.quantity == "published_best":
            b = _published_value(second.names[0], "published_best")
        return _of_differences(a - b, statistic)
    if MEASURED[first.quantity][1] != MEASURED[second.quantity][1]:
        raise ValueError(f"{first.quantity} and {second.quantity} have not the same unit.")
    a, b = (_values(term).droplevel("experiment") for term in (first, second))
    gap = a.mean() - b.mean()
    if first.names == second.names:
        return _of_differences(a - b, statistic)
    if statistic in ("", "gap", "size"):
        return _shown_gap(_gap(first, second, gap), statistic)
    if statistic == "chance":
        apart = np.subtract.outer(a.to_numpy(), b.to_numpy())
        return f"{100 * ((apart > 0).mean() + 0.5 * (apart == 0).mean()):.0f} %"
    shared = a.index.intersection(b.index)
    if statistic in ("sd", "list", "wins") and len(shared) < 2:
        raise ValueError(f"{first.names[0]} and {second.names[0]} share no two seeds, of which there are differences.")
    if statistic in ("sd", "list") or first.epoch or second.epoch or first.quantity != second.quantity:
        if asked.family or statistic == "error":
            raise ValueError("a family, and the error of the test sample, belong to ID minus ID test_accuracy.")
        return _of_differences((a - b)[shared], statistic)
    return _of_comparison(_compared(first, second, asked.family), statistic)


def _gap(first: Term, second: Term, gap: float) -> float:
    """The mean difference as :func:`compare` has it, which leaves out seeds that only one of the two has."""
    plain = not (first.epoch or second.epoch) and first.quantity == second.quantity
    if not plain or MEASURED[first.quantity][1] != "%":
        return gap
    try:
        return compare(first.names[0], second.names[0], MEASURED[first.quantity][0]).gap
    except ValueError:  # a single seed has a mean, too
        return gap


def _compared(first: Term, second: Term, family: str) -> Comparison:
    pair, (column, unit) = (first.names[0], second.names[0]), MEASURED[first.quantity]
    if unit != "%":
        raise ValueError("only accuracies are compared; of seconds and counts there is a ratio: ID over ID QUANTITY.")
    return compare_all([pair], column, family=family)[0] if family else compare(*pair, column)


def _of_comparison(found: Comparison, statistic: str) -> str:
    if np.isnan(found.p) and statistic in ("interval", "p", "smallest_p"):
        raise ValueError("two linear models have no seeds, and their difference no interval over them.")
    return {
        "interval": lambda: formats.interval(found.low, found.high),
        "p": lambda: formats.p_value(found.p),
        "smallest_p": lambda: formats.p_value(found.smallest_p),
        "wins": lambda: formats.share(found.wins, found.n),
        "seeds": lambda: str(found.n),
        "error": lambda: formats.plain(found.sampling_error),
    }[statistic]()


def _of_differences(differences: pd.Series, statistic: str) -> str:
    """Statistics of differences within the same runs, or to a constant."""
    if statistic in ("", "gap", "size"):
        return _shown_gap(differences.mean(), statistic)
    if statistic == "list":
        return ", ".join(map(formats.points, differences))
    if statistic == "wins":
        return formats.share(int((differences > 1e-9).sum()), len(differences))
    if statistic == "seeds":
        return str(len(differences))
    if statistic in ("chance", "error"):
        raise ValueError(f"{statistic} belongs to ID minus ID QUANTITY.")
    if len(differences) < 2:
        raise ValueError("one run has no standard deviation.")
    if statistic == "sd":
        return formats.plain(formats.mean_sd(differences)[1])
    from scipy import stats

    if statistic == "smallest_p":
        return formats.p_value(2.0 ** (1 - len(differences)))
    test = stats.ttest_1samp(differences, 0.0)
    return formats.p_value(test.pvalue) if statistic == "p" else formats.interval(*test.confidence_interval(0.95))


def _shown_gap(gap: float, statistic: str) -> str:
    if statistic == "size":
        return formats.plain(abs(gap))
    return formats.points(gap) if statistic == "gap" else formats.plain(gap)


def _ratio(asked: _Parsed, second: Term) -> str:
    first = asked.first
    if asked.statistic:
        raise ValueError("a ratio has no statistic.")
    if {first.quantity, second.quantity} <= set(PUBLISHED) or not {first.quantity, second.quantity} <= set(MEASURED):
        raise ValueError(f"a ratio is one of {', '.join(MEASURED)}.")
    a, b = (_values(term) for term in (first, second))
    timed = MEASURED[first.quantity][0].startswith("seconds")
    return formats.plain(a.median() / b.median() if timed else a.mean() / b.mean())
