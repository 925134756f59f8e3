"""Training, recording and reloading: modes, records, the architecture check, quoting."""

import json

import numpy as np
import pytest

from helpers import runs
from helpers.experiments import EXPERIMENTS, build
from helpers.results import records, table

PUBLISHED_PARAMETERS = {
    "a1-simplernn": 161_909,
    "a2-bigru": 170_261,
    "a3-bilstm": 173_205,
    "b1-simplernn": 258_113,
    "b2-lstm": 264_353,
    "b3-gru": 262_273,
    "b4-bilstm": 272_705,
    "b5-stacked-lstm": 272_673,
    "c2-rnn": 322_113,
    "c2-lstm": 328_353,
    "c2-gru": 326_369,
}


@pytest.fixture(autouse=True)
def own_mode(monkeypatch):
    monkeypatch.delenv("RNN_MODE", raising=False)
    yield
    runs.use_mode("auto")


def test_every_model_has_the_published_number_of_parameters():
    for name, parameters in PUBLISHED_PARAMETERS.items():
        assert EXPERIMENTS[name].published.parameters == parameters
        assert build(name).count_params() == parameters, name


def test_every_experiment_is_a_network_or_has_linear_candidates():
    for name, one in EXPERIMENTS.items():
        assert (one.build is None) != (one.candidates is None), name
        if one.build:
            assert build(name).count_params() > 0


def test_only_honest_experiments_hold_their_validation_reviews_out_of_the_training_set():
    for name, one in EXPERIMENTS.items():
        if one.build is not None:
            assert one.validates_on_test != ("validation_split" in one.fit), name
            assert one.protocol in ("honest", "as-published", "decoded"), name


def test_unknown_experiment_suggests_near_ones():
    with pytest.raises(ValueError, match=r"did you mean .*b1-simplernn"):
        runs.experiment("b1-simplrnn")


def test_unknown_mode_names_the_choices(monkeypatch):
    with pytest.raises(ValueError, match='"auto", "quick", "full" or "recorded"'):
        runs.use_mode("fast")
    monkeypatch.setenv("RNN_MODE", "slow")
    with pytest.raises(ValueError, match="RNN_MODE is 'slow'"):
        runs.current_mode()


def test_environment_overrides_the_switch(monkeypatch):
    runs.use_mode("full")
    assert runs.current_mode() == "full"
    monkeypatch.setenv("RNN_MODE", "quick")
    assert runs.current_mode() == "quick"


def test_auto_is_quick_without_a_gpu_and_full_with_one(monkeypatch):
    from helpers import modes

    for device, mode in (("CPU", "quick"), ("GPU", "full")):
        monkeypatch.setattr(modes, "device", lambda device=device: device)
        assert runs.current_mode() == mode


def test_quick_slice_is_spread_over_a_sorted_data_set():
    runs.use_mode("quick")
    labels = np.repeat([0, 1], 12_500)
    assert len(runs.quick_slice(labels)) == 1_000
    assert runs.quick_slice(labels).mean() == pytest.approx(0.5, abs=0.01)
    runs.use_mode("full")
    assert len(runs.quick_slice(labels)) == 25_000


def test_quick_mode_trains_on_a_slice_for_two_epochs(tiny_run):
    model, x, y = tiny_run
    runs.use_mode("quick")
    run = runs.fit(model, "b1-simplernn", np.tile(x, (20, 1)), np.tile(y, 20), source="sample", seed=7, epochs=10)
    assert len(run.history["loss"]) == 2
    assert run.n == 1_000
    for part in ("quick mode", "seed 7", "n = 1,000", "CPU", "sample data"):
        assert part in run.stamp


def test_recorded_mode_puts_the_weights_into_the_readers_own_model(tiny_run, capsys):
    recorded_model, x, y = tiny_run
    runs.use_mode("recorded")
    runs.set_seed(99)
    mine = build("b1-simplernn")
    before = mine.predict(x, verbose=0)
    run = runs.fit(mine, "b1-simplernn", x, y, source="sample", batch_size=128, epochs=10, validation_split=0.2)
    assert "Loaded the recorded run of b1-simplernn" in capsys.readouterr().out
    assert not np.allclose(before, mine.predict(x, verbose=0))
    np.testing.assert_allclose(mine.predict(x, verbose=0), recorded_model.predict(x, verbose=0), atol=2e-3)
    assert (run.mode, run.seed, run.source) == ("recorded", 1, "folder")
    assert runs.evaluate(mine, run, x, y) == 0.84


def test_recorded_mode_refuses_another_architecture(tiny_run):
    import keras

    _, x, y = tiny_run
    runs.use_mode("recorded")
    layers = keras.layers
    mine = keras.Sequential(
        [
            keras.Input((None,)),
            layers.Embedding(8_000, 32),
            layers.SpatialDropout1D(0.3),
            layers.SimpleRNN(32),
            layers.Dropout(0.4),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    weights = mine.get_weights()
    with pytest.raises(ValueError, match=r"layer 2 .*rate=0\.3.* recorded b1-simplernn has .*rate=0\.4"):
        runs.fit(mine, "b1-simplernn", x, y, source="sample", batch_size=128, epochs=10, validation_split=0.2)
    shorter = keras.Sequential(mine.layers[:2])
    with pytest.raises(ValueError, match="has 2 layers and the recorded b1-simplernn has 5"):
        runs.fit(shorter, "b1-simplernn", x, y, source="sample", batch_size=128, epochs=10, validation_split=0.2)
    for old, new in zip(weights, mine.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)  # a refused model is left as it was


def test_recorded_mode_refuses_other_settings(tiny_run):
    model, x, y = tiny_run
    runs.use_mode("recorded")
    with pytest.raises(ValueError, match=r"'epochs': 5.*was trained with .*'epochs': 10"):
        runs.fit(model, "b1-simplernn", x, y, source="sample", batch_size=128, epochs=5, validation_split=0.2)


def test_recorded_mode_without_a_record_says_how_to_make_one(tiny_run):
    model, x, y = tiny_run
    runs.use_mode("recorded")
    with pytest.raises(ValueError, match=r"b2-lstm has no recorded run.*tools\.train b2-lstm"):
        runs.fit(model, "b2-lstm", x, y, source="sample")


def test_same_seed_gives_the_same_bits():
    x = np.random.default_rng(0).integers(0, 8_000, size=(256, 20))
    y = np.arange(256) % 2

    def trained(seed):
        runs.set_seed(seed)
        model = build("b1-simplernn")
        model.fit(x, y, epochs=2, batch_size=64, verbose=0)
        return model.get_weights()

    first, again, other = trained(3), trained(3), trained(4)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))


def test_a_record_cut_short_is_named(tiny_run):
    path = records.FOLDER / "b1-simplernn" / "seed-2.json"
    path.write_text(path.read_text()[:100])
    with pytest.raises(ValueError, match=r"seed-2\.json is not valid JSON"):
        runs.recorded("b1-simplernn")


def test_a_failed_write_leaves_the_old_record_and_no_litter(tiny_run):
    before = records.load_records("b1-simplernn")
    with pytest.raises(TypeError):
        records.save_record("b1-simplernn", {"seed": 1, "history": object()})
    assert records.load_records("b1-simplernn") == before
    assert not list((records.FOLDER / "b1-simplernn").glob("*.part"))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("b1-simplernn test_accuracy", "85.0 ± 1.4 %"),
        ("b1-simplernn test_accuracy mean", "85.0 %"),
        ("b1-simplernn test_accuracy sd", "1.4"),
        ("b1-simplernn test_accuracy range", "2.0"),
        ("b1-simplernn test_accuracy list", "84.0, 86.0 %"),
        ("b1-simplernn published", "85.1 %"),
        ("b1-simplernn parameters", "258,113"),
        ("b1-simplernn seeds", "2"),
        ("b1-simplernn epochs", "2"),
        ("b1-simplernn seconds_per_epoch mean", "2.0 s"),
        ("b1-simplernn minus b1-simplernn test_accuracy", "0.0"),
    ],
)
def test_quote(tiny_run, expression, text):
    assert runs.quote(expression) == text


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("b1-simplernn", "write ID QUANTITY"),
        ("b1-simplernn speed", "write ID QUANTITY"),
        ("b1-simplernn test_accuracy mode", "the statistics are"),
        ("z9-none test_accuracy", "there is no experiment 'z9-none'"),
        ("b2-lstm test_accuracy", "no recorded run to quote"),
        ("e2-lstm published", "nothing was published"),
    ],
)
def test_quote_refuses_with_a_sentence(tiny_run, expression, sentence):
    with pytest.raises(ValueError, match=sentence):
        runs.quote(expression)


def test_table_shows_published_beside_ours(tiny_run):
    shown = table("b1-simplernn", "b2-lstm")
    text = str(shown)
    assert "85.1 %" in text
    assert "85.0 ± 1.4 %" in text
    assert "not trained yet" in text
    assert [row[-2] for row in shown.rows] == ["2", "0"]
    assert '<th scope="row">SimpleRNN(32)</th>' in shown._repr_html_()


OTHER = "other reviews than the recorded ones"


def reload(model, x, y, source="folder"):
    runs.use_mode("recorded")
    return runs.fit(model, "b1-simplernn", x, y, source=source, batch_size=128, epochs=10, validation_split=0.2)


def loaded(monkeypatch, recorded):
    from helpers import fingerprints

    monkeypatch.setattr(fingerprints, "_loaded", {})
    fingerprints.note("IMDB codes", "folder", fingerprints.RECORDED["IMDB codes"] if recorded else "another")


def test_a_recorded_run_on_its_own_reviews_leaves_the_test_set_untouched(tiny_run, monkeypatch, capsys):
    model, x, y = tiny_run
    loaded(monkeypatch, recorded=True)
    run = reload(model, x, y)
    assert run.here == ""
    assert run.stamp == run.training_stamp
    monkeypatch.setattr(type(model), "evaluate", lambda *_, **__: pytest.fail("the test set was touched"))
    assert runs.evaluate(model, run, x, y) == 0.84
    assert OTHER not in capsys.readouterr().out


@pytest.mark.parametrize(("source", "here"), [("folder", OTHER), ("sample", "sample data")])
def test_a_recorded_run_on_other_reviews_says_so_and_shows_both(tiny_run, monkeypatch, capsys, source, here):
    model, x, y = tiny_run
    loaded(monkeypatch, recorded=False)
    run = reload(model, x, y, source)
    assert run.stamp == f"{run.training_stamp} · applied to {here}"
    assert runs.evaluate(model, run, x, y) == 0.84  # the record's number stays the record's
    first, second = capsys.readouterr().out.splitlines()[-2:]
    assert first == f"test accuracy 84.0 %   [{run.training_stamp}]"
    expected = model.evaluate(x, y, verbose=0, return_dict=True)["accuracy"]
    assert second == f"{100 * expected:.1f} % of 64 test reviews here   [{here}]"


def test_a_training_on_other_reviews_is_stamped_so(tiny_run, monkeypatch):
    model, x, y = tiny_run
    loaded(monkeypatch, recorded=False)
    runs.use_mode("quick")
    run = runs.fit(model, "b1-simplernn", x, y, source="download", epochs=1)
    assert run.stamp == run.training_stamp
    assert run.stamp.endswith(f" · {OTHER}")


def test_other_word_vectors_are_named():
    from helpers import fingerprints

    assert runs.experiment("d4-glove").data_sets() == (("IMDB codes",), ("GloVe",))
    for name in EXPERIMENTS:
        reviews, vectors = runs.experiment(name).data_sets()
        assert reviews
        assert {*reviews, *vectors} <= set(fingerprints.RECORDED), name
    assert set(runs.experiment("transfer-imdb-products").data_sets()[0]) == {
        "IMDB train", "IMDB test", "product reviews",
    }  # fmt: skip


@pytest.mark.parametrize("n", [1, 7, 8, 9, 64])
def test_answers_are_packed_and_read_again(tiny_run, n):
    rng = np.random.default_rng(n)
    labels, called = rng.integers(0, 2, size=(2, n))
    kept = records.answered(labels, called)
    record = records.load_records("b1-simplernn")[0] | kept | {"n_test": n, "last": records.answered(labels, labels)}
    records.save_record("b1-simplernn", json.loads(json.dumps(record)))
    found = records.right("b1-simplernn")
    assert found.dtype == bool
    np.testing.assert_array_equal(found, labels == called)
    np.testing.assert_array_equal(records.right("b1-simplernn", 1), found)
    assert records.right("b1-simplernn", kept="last").all()
    assert kept["right_accuracy"] == pytest.approx(found.mean(), abs=1e-6)
    assert np.sum(kept["confusion"]) == n
    assert np.trace(kept["confusion"]) == found.sum()
    for wrong, sentence in ((2, "seed 2 had right: train it again"), (9, "seed 9 had right")):
        with pytest.raises(ValueError, match=sentence):
            records.right("b1-simplernn", wrong)
    with pytest.raises(ValueError, match="does not say what it made of the first words"):
        records.right("b1-simplernn", kept="first")


def test_answers_come_from_the_record_for_the_recorded_reviews_only(tiny_run, monkeypatch):
    model, x, y = tiny_run
    called = 1 - y  # what no model here says
    record = records.load_records("b1-simplernn")[0] | records.answered(y, called)
    records.save_record("b1-simplernn", record)
    loaded(monkeypatch, recorded=True)
    np.testing.assert_array_equal(runs.answers(model, reload(model, x, y), x, y), called)
    loaded(monkeypatch, recorded=False)
    said = (model.predict(x, verbose=0)[:, 0] > 0.5).astype(int)
    np.testing.assert_array_equal(runs.answers(model, reload(model, x, y), x, y), said)


def test_the_records_that_chapters_compare_have_their_answers():
    for name in ("b1-simplernn", "b2-lstm", "b3-gru", "b9-capstone"):
        record = records.load_records(name)[0]
        assert len(records.right(name)) == record["n_test"] == np.sum(record["confusion"])
        assert records.right(name).mean() == pytest.approx(record["test_accuracy"], abs=0.002)
    for name in ("a1-simplernn", "a2-bigru", "a3-bilstm"):
        assert records.right(name, kept="last").mean() == pytest.approx(records.right(name).mean())
    for name in ("a1-simplernn-honest", "a2-gru-honest", "a3-lstm-honest"):
        assert records.right(name, kept="first").mean() == pytest.approx(records.right(name).mean())


def test_times_are_measured_unless_recorded(tmp_path, monkeypatch, capsys):
    from helpers.results import benchmarks

    monkeypatch.setattr(benchmarks, "BENCH", tmp_path)
    record = {"measured": {"way": 2.5}, "device": "CPU (2 cores)", "date": "2026-01-02", "load_average": 0.5}
    (tmp_path / "some-times.json").write_text(json.dumps(record))
    runs.use_mode("quick")
    assert runs.timed("some-times", lambda: {"way": 1.0}) == {"way": 1.0}
    assert capsys.readouterr().out == ""
    runs.use_mode("recorded")
    assert runs.timed("some-times", lambda: pytest.fail("measured")) == {"way": 2.5}
    assert capsys.readouterr().out == "Recorded, not measured now: CPU (2 cores), 2026-01-02, load 0.5.\n"
    with pytest.raises(ValueError, match="run `make bench`"):
        runs.timed("other-times", dict)


def test_the_times_of_a_chapter_are_measured_by_its_own_cells(tmp_path, monkeypatch):
    from tools.bench import chapters as bench_chapters

    chapter = "```{code-cell} python\nfrom helpers import runs\nx = 2\n```\n\n"
    chapter += '```{code-cell} python\nruns.timed("t", lambda: {"way": {"a": x}})\nx = 1 / 0\n```\n'
    front = "---\njupytext:\n  text_representation:\n    format_name: myst\n"
    front += "kernelspec:\n  display_name: Python 3\n  name: python3\n---\n\n"
    (tmp_path / "one.md").write_text(front + chapter)
    monkeypatch.setattr(bench_chapters, "NOTEBOOKS", tmp_path)
    monkeypatch.setattr(bench_chapters, "TIMES", {"t": "one.md", "u": "one.md"})
    measuring = runs.timed
    record = bench_chapters.measure("t")
    assert record["measured"] == {"way": {"a": 2.0}}
    assert {"date", "device", "load_average", "versions"} <= set(record)
    with pytest.raises(ValueError, match="asks for the times 't', and 'u'"):
        bench_chapters.measure("u")
    assert runs.timed is measuring


def test_recorded_weights_are_read_with_the_codes_they_were_trained_on(tiny_run, capsys):
    from helpers.text import Vocabulary

    kept, counted = (Vocabulary({word: 4 + i for i, word in enumerate(words)}) for words in ("ab", "ba"))
    with pytest.raises(ValueError, match="no vocabulary is kept for a2-bigru"):
        records.load_vocabulary("a2-bigru")
    records.save_vocabulary("a2-bigru", kept)
    runs.use_mode("quick")
    assert runs.vocabulary("a2-bigru", counted) is counted
    runs.use_mode("recorded")
    assert runs.vocabulary("a2-bigru", counted).codes == kept.codes
    assert "to which its weights belong" in capsys.readouterr().out
    assert runs.vocabulary("a2-bigru", kept).codes == kept.codes
    assert capsys.readouterr().out == ""


def test_an_experiment_that_counts_its_own_words_keeps_them_with_its_weights():
    from helpers.experiments.recipes import Products, Texts

    counting = [
        name for name, one in EXPERIMENTS.items() if isinstance(one.data, Texts | Products) and one.keep_weights
    ]
    assert "a2-bigru" in counting
    for name in counting:
        assert len(records.load_vocabulary(name)) == EXPERIMENTS[name].data.num_words
