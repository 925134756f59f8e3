"""Closed forms against real Keras layers, and every count that the course quotes."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from helpers import params

SIZE = st.integers(1, 40)
SOME_EXAMPLES = settings(max_examples=30, deadline=None)


def count(layer: keras.layers.Layer, *input_shape: int | None) -> int:
    layer.build((None, *input_shape))
    return layer.count_params()


def words_to(*head: keras.layers.Layer, num_words: int = 10_000, output_dim: int = 32) -> keras.Model:
    """Build a model that reads words: the embedding, then the layers given."""
    return keras.Sequential([keras.Input((None,)), layers.Embedding(num_words, output_dim), *head])


# --- closed forms equal Keras's counts -------------------------------------------------------------------------------


@given(units=SIZE, input_dim=SIZE, use_bias=st.booleans(), reset_after=st.booleans())
@SOME_EXAMPLES
def test_closed_forms_equal_the_counts_of_keras(units, input_dim, use_bias, reset_after):
    shape, biased = (None, input_dim), {"use_bias": use_bias}
    assert params.dense(units, input_dim, use_bias) == count(layers.Dense(units, **biased), input_dim)
    assert params.simple_rnn(units, input_dim, use_bias) == count(layers.SimpleRNN(units, **biased), *shape)
    assert params.lstm(units, input_dim, use_bias) == count(layers.LSTM(units, **biased), *shape)
    gru = layers.GRU(units, reset_after=reset_after, **biased)
    assert params.gru(units, input_dim, reset_after, use_bias) == count(gru, *shape)
    assert params.embedding(input_dim, units) == count(layers.Embedding(input_dim, units))
    both = layers.Bidirectional(layers.LSTM(units, **biased))
    assert params.bidirectional(params.lstm(units, input_dim, use_bias)) == count(both, *shape)
    each = layers.TimeDistributed(layers.Dense(units, **biased))
    assert params.dense(units, input_dim, use_bias) == count(each, 3, input_dim)


@given(
    heads=st.integers(1, 4),
    dims=st.tuples(SIZE, SIZE, SIZE, SIZE, SIZE, SIZE),
    use_bias=st.booleans(),
)
@SOME_EXAMPLES
def test_multi_head_attention_equals_the_count_of_keras(heads, dims, use_bias):
    key_dim, value_dim, query_features, value_features, key_features, output_dim = dims
    layer = layers.MultiHeadAttention(heads, key_dim, value_dim, output_shape=output_dim, use_bias=use_bias)
    layer.build((None, 3, query_features), (None, 4, value_features), (None, 4, key_features))
    ours = params.multi_head_attention(
        heads,
        key_dim,
        query_features,
        value_features,
        key_features,
        value_dim=value_dim,
        output_dim=output_dim,
        use_bias=use_bias,
    )
    assert ours == layer.count_params()


def test_self_attention_needs_the_heads_their_width_and_the_features():
    layer = layers.MultiHeadAttention(2, 16)
    layer.build((None, 7, 32), (None, 7, 32))
    assert params.multi_head_attention(2, 16, 32) == layer.count_params()


@pytest.mark.parametrize("use_bias", [True, False])
def test_additive_attention_is_three_dense_layers(use_bias):
    query, value, score = (layers.Dense(units, use_bias=use_bias) for units in (10, 10, 1))
    expected = count(query, 64) + count(value, 32) + count(score, 10)
    assert params.additive_attention(10, query_dim=64, value_dim=32, use_bias=use_bias) == expected


def test_without_biases_an_lstm_is_four_simple_rnns_and_a_gru_three():
    one = params.simple_rnn(32, 16, use_bias=False)
    assert params.lstm(32, 16, use_bias=False) == 4 * one
    assert params.gru(32, 16, use_bias=False) == 3 * one


# --- the counts of published models ----------------------------------------------------------------------------------
# Each has the model, the counts of its layers in closed form, the same as published, and the published total.

E8, E10, E16 = params.embedding(8_000, 32), params.embedding(10_000, 32), params.embedding(10_000, 16)


def rnn(units=32, **options):
    return layers.SimpleRNN(units, **options)


def hidden_head(features):
    """Dense(10) and Dense(1) on so many features."""
    return [params.dense(10, features), params.dense(1, 10)]


PUBLISHED = {
    "A1": (
        lambda: words_to(rnn(), layers.Dense(10), layers.Dense(1), output_dim=16),
        [E16, params.simple_rnn(32, 16), *hidden_head(32)],
        [160_000, 1_568, 330, 11],
        161_909,
    ),
    "A2": (
        lambda: words_to(layers.Bidirectional(layers.GRU(32)), layers.Dense(10), layers.Dense(1), output_dim=16),
        [E16, params.bidirectional(params.gru(32, 16)), *hidden_head(64)],
        [160_000, 9_600, 650, 11],
        170_261,
    ),
    "A3": (
        lambda: words_to(layers.Bidirectional(layers.LSTM(32)), layers.Dense(10), layers.Dense(1), output_dim=16),
        [E16, params.bidirectional(params.lstm(32, 16)), *hidden_head(64)],
        [160_000, 12_544, 650, 11],
        173_205,
    ),
    "B1": (
        lambda: words_to(rnn(), layers.Dense(1), num_words=8_000),
        [E8, params.simple_rnn(32, 32), params.dense(1, 32)],
        [256_000, 2_080, 33],
        258_113,
    ),
    "B2": (
        lambda: words_to(layers.LSTM(32), layers.Dense(1), num_words=8_000),
        [E8, params.lstm(32, 32), params.dense(1, 32)],
        [256_000, 8_320, 33],
        264_353,
    ),
    "B3": (
        lambda: words_to(layers.GRU(32, reset_after=False), layers.Dense(1), num_words=8_000),
        [E8, params.gru(32, 32, reset_after=False), params.dense(1, 32)],
        [256_000, 6_240, 33],
        262_273,
    ),
    "B4": (
        lambda: words_to(layers.Bidirectional(layers.LSTM(32)), layers.Dense(1), num_words=8_000),
        [E8, params.bidirectional(params.lstm(32, 32)), params.dense(1, 64)],
        [256_000, 16_640, 65],
        272_705,
    ),
    "B5": (
        lambda: words_to(layers.LSTM(32, return_sequences=True), layers.LSTM(32), layers.Dense(1), num_words=8_000),
        [E8, params.lstm(32, 32), params.lstm(32, 32), params.dense(1, 32)],
        [256_000, 8_320, 8_320, 33],
        272_673,
    ),
    "C1, last output": (
        lambda: words_to(rnn()),
        [E10, params.simple_rnn(32, 32)],
        [320_000, 2_080],
        322_080,
    ),
    "C1, sequence": (
        lambda: words_to(rnn(return_sequences=True)),
        [E10, params.simple_rnn(32, 32)],
        [320_000, 2_080],
        322_080,
    ),
    "C1, four": (
        lambda: words_to(*(rnn(return_sequences=True) for _ in range(3)), rnn()),
        [E10, *[params.simple_rnn(32, 32)] * 4],
        [320_000, 2_080, 2_080, 2_080, 2_080],
        328_320,
    ),
    "C2-rnn": (
        lambda: words_to(rnn(), layers.Dense(1)),
        [E10, params.simple_rnn(32, 32), params.dense(1, 32)],
        [320_000, 2_080, 33],
        322_113,
    ),
    "C2-lstm": (
        lambda: words_to(layers.LSTM(32), layers.Dense(1)),
        [E10, params.lstm(32, 32), params.dense(1, 32)],
        [320_000, 8_320, 33],
        328_353,
    ),
    "C2-gru": (
        lambda: words_to(layers.GRU(32), layers.Dense(1)),
        [E10, params.gru(32, 32), params.dense(1, 32)],
        [320_000, 6_336, 33],
        326_369,
    ),
    "D2, both ways": (
        lambda: keras.Sequential([keras.Input((None, 30)), layers.Bidirectional(layers.LSTM(12))]),
        [params.bidirectional(params.lstm(12, 30))],
        [4_128],
        4_128,
    ),
    "D2, both ways, GRU": (
        lambda: keras.Sequential([keras.Input((None, 30)), layers.Bidirectional(layers.GRU(12))]),
        [params.bidirectional(params.gru(12, 30))],
        [3_168],
        3_168,
    ),
    "D2, stack": (
        lambda: keras.Sequential(
            [
                keras.Input((2, 3)),
                *(layers.LSTM(units, return_sequences=True) for units in (64, 64, 128, 192, 256)),
                *(layers.TimeDistributed(layers.Dense(256)) for _ in range(2)),
            ]
        ),
        [
            *map(params.lstm, (64, 64, 128, 192, 256), (3, 64, 64, 128, 192)),
            *[params.dense(256, 256)] * 2,
        ],
        [17_408, 33_024, 98_816, 246_528, 459_776, 65_792, 65_792],
        987_136,
    ),
}


@pytest.mark.parametrize(("model", "closed", "published", "total"), PUBLISHED.values(), ids=PUBLISHED)
def test_published_counts_are_those_of_the_closed_form_and_of_keras(model, closed, published, total):
    explained = params.explain(model())
    assert closed == published
    assert [row.parameters for row in explained.rows] == published
    assert sum(published) == explained.total == total
    assert not any("Keras" in row.numbers for row in explained.rows)


# --- a model explained -----------------------------------------------------------------------------------------------


def worth(numbers: str) -> int:
    """Work out what stands in the table: ``4·12·(30 + 12 + 1)``."""
    return eval(numbers.replace("·", "*").replace(",", ""), {"__builtins__": {}})


@pytest.fixture(scope="module")
def model():
    return words_to(
        layers.SpatialDropout1D(0.4),
        layers.Bidirectional(layers.GRU(12, return_sequences=True)),
        layers.TimeDistributed(layers.Dense(5, use_bias=False)),
        layers.LSTM(4, use_bias=False, return_sequences=True, name="inner"),
        layers.BatchNormalization(),
        layers.Bidirectional(layers.SimpleRNN(3, return_sequences=True)),
        keras.Sequential([layers.GRU(3, reset_after=False), layers.Dense(1)]),
        num_words=1_000,
    )


def test_every_row_shows_the_formula_the_numbers_and_what_they_make(model):
    explained = params.explain(model)
    rows = {row.layer: row for row in explained.rows}
    assert rows["inner"] == ("inner", "LSTM", "4·n·(d + n)", "4·4·(5 + 4)", 144)
    assert [(row.type, row.formula, row.numbers) for row in explained.rows[:4]] == [
        ("Embedding", "V·d", "1,000·32"),
        ("SpatialDropout1D", "–", "no weights"),
        ("Bidirectional(GRU)", "2·3·n·(d + n + 2)", "2·3·12·(32 + 12 + 2)"),
        ("TimeDistributed(Dense)", "n·d", "5·24"),
    ]
    for row in explained.rows:
        if row.formula != "–":
            assert worth(row.numbers) == row.parameters
    assert explained.total == sum(row.parameters for row in explained.rows) == model.count_params()


def test_a_model_inside_a_model_has_a_row_for_each_of_its_layers(model):
    assert [row.type for row in params.explain(model).rows[-2:]] == ["GRU", "Dense"]


def test_a_layer_of_another_kind_is_counted_by_keras(model):
    (row,) = (row for row in params.explain(model).rows if row.type == "BatchNormalization")
    assert (row.formula, row.numbers, row.parameters) == ("–", "counted by Keras", 16)


def test_a_layer_that_does_not_keep_to_its_formula_is_counted_by_keras():
    class Dense(layers.Dense):  # named as Keras's, and with one weight more
        def build(self, input_shape):
            super().build(input_shape)
            self.add_weight(shape=(7,))

    (row,) = params.explain(keras.Sequential([keras.Input((3,)), Dense(2)])).rows
    assert (row.numbers, row.parameters) == ("counted by Keras", 15)


@pytest.mark.parametrize("use_bias", [True, False])
def test_attention_is_explained_too(use_bias):
    query, value = keras.Input((7, 5)), keras.Input((4, 3))
    attended = layers.MultiHeadAttention(2, 6, value_dim=4, output_shape=9, use_bias=use_bias)(query, value)
    *_, row = params.explain(keras.Model([query, value], attended)).rows
    assert row.formula.startswith("H·k·(q")
    assert worth(row.numbers) == row.parameters > 0


def test_the_table_reads_as_text_and_as_html(model):
    explained = params.explain(model)
    lines = str(explained).splitlines()
    assert lines[0].split() == ["layer", "type", "formula", "numbers", "parameters"]
    assert lines[-2].split() == ["total", f"{model.count_params():,}"]
    assert lines[-1] == "V words, d features, n units"
    assert len({len(line) for line in lines[:-1]}) == 1
    assert repr(explained) == str(explained)
    table = explained._repr_html_()
    assert table.count("<tr>") == len(explained.rows) + 2
    assert '<th scope="row">inner</th>' in table
    assert "<caption>V words, d features, n units</caption>" in table


def test_names_are_escaped_in_html():
    dense = layers.Dense(1, name="a<b")
    assert "a&lt;b" in params.explain(keras.Sequential([keras.Input((3,)), dense]))._repr_html_()


def test_a_model_without_weights_has_a_table_without_a_legend():
    explained = params.explain(keras.Sequential([keras.Input((3,)), layers.Dropout(0.5)]))
    assert explained.total == 0
    assert "caption" not in explained._repr_html_()
    assert str(explained).splitlines()[-1].startswith("total")


def test_a_model_called_on_numbers_can_be_explained():
    model = keras.Sequential([layers.LSTM(3), layers.Dense(1)])
    with pytest.raises(ValueError, match="not built yet: start the model with a keras"):
        params.explain(model)
    model(np.zeros((1, 4, 2)))
    assert params.explain(model).total == params.lstm(3, 2) + params.dense(1, 3)
