"""What chapter 10 concludes from the records."""

from helpers.results import compare, frame, records
from tests.claims import claim
from tests.prose import ROOT
from tools.export.values import glued

PAGE = "simple_rnn_imdb"
TEN, STOPPED = "b1-simplernn", "early-b1-simplernn"
WORDS, PAIRS, TRIPLES, WHOLE = "baseline-words-short", "baseline-tfidf-short", "baseline-nb-short", "baseline-nb"


def _printed():
    """What the chapter's own cells computed: name → text."""
    return glued(ROOT / "notebooks" / "executed" / "10_simple_rnn_imdb.ipynb")


def test_the_network_stays_below_all_three():
    claim(PAGE, "C. Over five seeds it reaches")
    for linear in (WORDS, PAIRS, TRIPLES):
        assert compare(linear, TEN).low > 0
        assert compare(linear, STOPPED).low > 0


def test_the_bar_is_the_best_linear_model():
    claim(PAGE, "The bar is the last row:")
    test = {
        name: frame(name).test.mean() for name in (WORDS, PAIRS, TRIPLES, "baseline-words", "baseline-tfidf", WHOLE)
    }
    assert test[WORDS] < test[PAIRS] < test[TRIPLES]
    assert test["baseline-words"] < test["baseline-tfidf"] < test[WHOLE]


def test_five_seeds_do_not_show_what_stopping_is_worth():
    claim(PAGE, "Five seeds do not show that stopping raises the mean.")
    found = compare(STOPPED, TEN)
    assert found.low < 0 < found.gap < found.high


def test_one_seed_lies_far_below():
    least, *others = sorted(frame(TEN).test)
    assert min(others) - least > 3 * (max(others) - min(others))
    claim(PAGE, "one network that the tenth epoch caught at a bad moment")
    curve = records.load_records(TEN)[3]["history"]["val_accuracy"]
    assert frame(TEN).test.idxmin() == frame(TEN).test.index[3]
    assert curve[7] - curve[9] > 0.03
    assert frame(STOPPED).test.min() > least + 3


def test_validation_may_begin_above_training():
    claim(PAGE, "So validation may well begin *above* training, as it does here")
    history = records.load_records(TEN)[0]["history"]
    assert history["val_accuracy"][0] > history["accuracy"][0]


def test_no_explanation_is_enough():
    claim(PAGE, "B and C have the size of a third of the lead each, or less.")
    claim(PAGE, "No single one accounts for it.")
    lead = compare(TRIPLES, TEN).gap
    for one in (compare(STOPPED, TEN), compare(PAIRS, WORDS), compare(WHOLE, TRIPLES)):
        assert one.gap < 0.34 * lead


def test_single_words_are_ahead_of_the_stopped_network():
    claim(PAGE, "A model that knows *no* order and has *no* pairs is still")
    found = compare(WORDS, STOPPED)
    assert found.low > 0
    assert found.gap > 2 * found.sampling_error


def test_whole_reviews_bring_about_one_point():
    claim(PAGE, "**D.** Whole reviews and every word bring the best linear model about one point.")
    assert 0.7 < compare(WHOLE, TRIPLES).gap < 1.3


def test_the_reach_of_half_the_places_is_enough():
    claim(PAGE, "A reach of a hundred words or less would therefore be enough to account for the step in the middle")
    half = float(_printed()["by_half"].split()[0])
    assert frame(TEN).validation.mean() - 1 < half < frame(STOPPED).validation.mean() + 1


def test_the_network_judges_by_the_end():
    claim(PAGE, "The network judges by the end almost alone.")
    values = _printed()
    share = {name: float(values[name].split()[0]) for name in ("simplernn_first", "simplernn_last", "single_first")}
    assert share["simplernn_first"] < 15
    assert share["simplernn_last"] > 3 * share["simplernn_first"]
    assert share["single_first"] > 2 * share["simplernn_first"]
