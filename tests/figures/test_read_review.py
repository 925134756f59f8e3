"""A review read by recorded networks, the Python side: what it takes, what it refuses, which files it ships."""

import numpy as np
import pytest

from helpers import data, figures
from helpers.figures.architecture import layers
from helpers.figures.read_review import MODELS
from helpers.results import records


def test_words_stand_at_their_ranks():
    shipped = figures.read_review().files["words"]().decode().split("\n")
    assert shipped[:3] == ["the", "and", "a"]
    assert len(shipped) == 7_996  # the codes 4 to 7,999


@pytest.mark.real_data
def test_the_recorded_words_are_those_of_kerass_index(rnn_data):
    by_rank = {rank: word for word, rank in data.load_imdb_word_index("folder").items()}
    assert records.words() == [by_rank[rank] for rank in range(1, 9_998)]


def test_the_weights_are_the_recorded_bits():
    figure = figures.read_review("b3-gru")
    shipped = np.frombuffer(figure.files["weights_b3_gru"](), dtype="<f2")
    with np.load(records.FOLDER / "b3-gru" / "weights.npz") as recorded:
        assert all(recorded[key].dtype == np.float16 for key in recorded.files)
        stored = np.concatenate([recorded[key].ravel() for key in sorted(recorded.files)])
    assert shipped.tobytes() == stored.tobytes()


@pytest.mark.parametrize("name", MODELS)
def test_the_record_is_of_a_network_that_the_figure_can_read(name):
    embedding, recurrent, dense = layers(name)
    assert (embedding.kind, dense.kind, dense.settings["units"]) == ("Embedding", "Dense", 1)
    assert recurrent.settings.get("reset_after", False) is False


def test_the_description_is_that_of_the_record():
    described = figures.read_review("b3-gru", compare="b4-bilstm-masked").state["models"]
    sizes = {"words": 8_000, "features": 32, "units": 32}
    assert described == {
        "b3-gru": {
            "label": "GRU", "kind": "GRU", "bidirectional": False, "masked": False, "file": "weights_b3_gru",
        } | sizes,
        "b4-bilstm-masked": {
            "label": "two-way LSTM, masked", "kind": "LSTM", "bidirectional": True, "masked": True,
            "file": "weights_b4_bilstm_masked",
        } | sizes,
    }  # fmt: skip


def test_only_the_networks_named_are_shipped():
    figure = figures.read_review("b2-lstm", compare="b1-simplernn", text="fine")
    assert set(figure.files) == {"words", "weights_b2_lstm", "weights_b1_simplernn"}
    assert (figure.state["shown"], figure.state["compare"], figure.state["text"]) == ("b2-lstm", "b1-simplernn", "fine")
    assert list(figure.later) == []
    assert figures.read_review("b2-lstm", compare=["b3-gru", "b4-bilstm", "b2-lstm"]).later == ["weights_b4_bilstm"]
    assert figures.read_review().state["compare"] == ""


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="does not show 'b5-stacked-lstm', only b1-simplernn"):
        figures.read_review("b2-lstm", compare="b5-stacked-lstm")
    with pytest.raises(ValueError, match="b1-simplernn has no 'f' to show: choose h, vote"):
        figures.read_review("b1-simplernn", show="f")
