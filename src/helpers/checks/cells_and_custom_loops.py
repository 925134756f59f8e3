"""Exercises of chapter 15, cells and loops of your own."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import Any
from unittest import mock

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_independent,
    expect_right,
    shape_of,
)


@exercise(
    "loop-read",
    "What must be handed from one timestep to the next? Who knows how it begins?",
    "cell.get_initial_state(batch_size=…) is the start; cell(x_t, states) returns (output, new states).",
    "for x_t in ops.unstack(x, axis=1): output, states = cell(x_t, states)",
)
def read(answer: Any) -> None:
    from keras import layers

    random = np.random.default_rng(0)
    for kind, (batch, time, features), units in (
        (layers.GRUCell, (3, 5, 2), 4),
        (layers.LSTMCell, (2, 4, 3), 3),
        (layers.SimpleRNNCell, (1, 1, 2), 5),
    ):
        cell = kind(units)
        cell.build((batch, features))
        cell.set_weights([random.normal(size=weight.shape) for weight in cell.get_weights()])
        x = random.normal(size=(batch, time, features)).astype("float32")

        def outputs(order: Any, cell: Any = cell, x: Any = x) -> list[np.ndarray]:
            states, given = cell.get_initial_state(batch_size=len(x)), []
            for t in order:
                output, states = cell(x[:, t], states)
                given.append(np.asarray(output))
            return given

        right = outputs(range(time))
        with mock.patch.object(layers.RNN, "call", autospec=True, side_effect=layers.RNN.call) as loop_of_keras:
            found = answer(cell, x)
        if loop_of_keras.called:
            raise Wrong("that is Keras's loop; write your own, with cell(x_t, states) at every timestep.")
        if shape_of(found) in ((batch, time, units), (time, batch, units)):
            raise Wrong("it returns the output of every timestep; only the last one is wanted.")
        found = expect_array(found, (batch, units), "read(cell, x)")
        slips = (
            (
                outputs([time - 1])[0],
                "the state does not reach the next timestep: hand the states that the cell returns back to it.",
            ),
            (right[0], "that is the output after the first timestep; read on to the last."),
            (right[:-1][-1] if time > 1 else np.nan, "the last timestep is missing."),
            (outputs(range(time)[::-1])[-1], "you read from the last timestep to the first."),
        )
        sentence = f"with a {kind.__name__} the output is not the one of Keras's own loop."
        expect_right(found, right[-1], slips, sentence)


@exercise(
    "loop-first-states",
    "Two numbers make the shape of a state. Which of them belongs to the cell, and which to the batch?",
    "Turn a single state_size into a list of one. Then make zeros of the shape (len(x), size) for each size.",
    "[np.zeros((len(x), size)) for size in sizes], where sizes is state_size or [state_size]",
)
def first_states(answer: Any) -> None:
    random = np.random.default_rng(1)
    for state_size, (batch, time, features) in (
        (4, (3, 5, 2)),
        ([6, 6], (7, 4, 3)),
        ([2, 5], (1, 3, 8)),
        (9, (40, 2, 4)),
    ):
        x = random.normal(size=(batch, time, features))
        states = answer(deepcopy(state_size), x)
        expect(states is not None, "first_states returned None: is the `return` missing?")
        expect(
            isinstance(states, list | tuple) or np.ndim(states) == 3,
            f"it should return a list of arrays, also for one state only, and returns {type(states).__name__}.",
        )
        sizes = [state_size] if isinstance(state_size, int) else state_size
        if len(states) != len(sizes):
            raise Wrong(f"state_size={state_size} asks for {len(sizes)} state(s), and there are {len(states)}.")
        for state, size in zip(states, sizes, strict=True):
            shape = shape_of(state) or ()
            expect(shape != (size,), "a state has one row for each review of the batch, also if all rows are alike.")
            expect(shape != (batch, time, size), "a state is that of one moment: it has no time axis.")
            if shape == (batch, features) and size != features:
                raise Wrong("the columns come from the cell's state_size, not from the features.")
            expect(
                len(shape) != 2 or shape[0] == batch,
                f"this batch has {batch} row(s) and your state {shape[:1]}: take the number from x, every time.",
            )
            state = expect_array(state, (batch, size), f"each state for state_size={state_size}")
            expect(close(state, 0), "the first states should be all zeros.")


@exercise(
    "loop-padding",
    "You cannot skip a timestep for some rows only. But you can take the step and not use it.",
    "np.where(condition, new, old) chooses number by number; the condition needs the shape (batch, 1).",
    "h = np.where(mask[:, t, None], step(x[:, t], h), h)",
)
def padding(answer: Any) -> None:
    random = np.random.default_rng(2)
    for batch, time, features, units in ((4, 6, 3, 5), (3, 5, 2, 2), (2, 1, 3, 4)):
        x, start = random.normal(size=(batch, time, features)), random.normal(size=(batch, units))
        kernel, recurrent = random.normal(size=(features, units)), random.normal(size=(units, units))

        def step(x_t: Any, h: Any, kernel: Any = kernel, recurrent: Any = recurrent) -> np.ndarray:
            return np.tanh(x_t @ kernel + h @ recurrent)

        mask = np.ones((batch, time), dtype=bool)
        mask[0, : time // 2] = False  # padded in front; behind; through and through, if there is a fourth row
        mask[1, (time + 1) // 2 :] = False
        mask[3:] = False

        def run(choose: Any, step: Any = step, x: Any = x, mask: Any = mask, start: Any = start) -> np.ndarray:
            h = start
            for t in range(x.shape[1]):
                h = choose(mask[:, t, None], step(x[:, t], h), h)
            return h

        right = run(lambda real, new, old: np.where(real, new, old))
        found = expect_array(
            answer(step, x.copy(), mask.copy(), start.copy()), (batch, units), "read_masked(step, x, mask, h)"
        )
        blank = start
        for t in range(time):
            blank = step(x[:, t] * mask[:, t, None], blank)
        slips = (
            (run(lambda real, new, old: new), "the padding is read like words: the mask does nothing."),
            (
                run(lambda real, new, old: new * real),
                "at a padded timestep the state becomes 0; it should stay as it was.",
            ),
            (
                run(lambda real, new, old: np.where(real, old, new)),
                "the mask is True where a timestep is real; you skip just those.",
            ),
            (
                run(lambda real, new, old, start=start: np.where(real, new, start)),
                "at a padded timestep a row goes back to its first state; it should keep the state that it has.",
            ),
            (blank, "zeros in place of the padded inputs are read too, and move the state; that step must not count."),
        )
        expect_right(
            found, right, slips, "at each timestep take the new state where mask[:, t] is True, else the old one."
        )


@exercise(
    "loop-state-dropout",
    "How many masks are there for a sequence of ten words?",
    "Draw one of the shape of h before the loop: 0 with probability rate, else 1 / (1 − rate).",
    "mask = (random.random(h.shape) >= rate) / (1 - rate); in the loop: h = step(x[:, t], h * mask)",
)
def state_dropout(answer: Any) -> None:
    for rate, seed in ((0.5, 0), (0.2, 1)):
        random = np.random.default_rng(seed)
        batch, time, units = 40, 6, 30
        x = random.normal(size=(batch, time, 3))
        start = random.normal(size=(batch, units)) + 5  # no zeros of their own
        received: list[Any] = []
        given, inputs = [start], list[Any]()

        def step(
            x_t: Any, h: Any, received: Any = received, given: Any = given, inputs: Any = inputs, random: Any = random
        ) -> np.ndarray:
            received.append(np.array(h, dtype="float64"))
            inputs.append(np.array(x_t, dtype="float64"))
            given.append(random.normal(size=np.shape(h)) + 5)
            return given[-1].copy()

        what = "read_dropped(step, x, h, rate, random)"
        found = expect_array(answer(step, x.copy(), start.copy(), rate, np.random.default_rng(5)), start.shape, what)
        if len(received) != time:
            raise Wrong(f"for {time} timesteps the step should be called {time} times, not {len(received)}.")
        if not all(close(one, x[:, t]) for t, one in enumerate(inputs)):
            raise Wrong("hand the step x[:, 0], x[:, 1] and so on, in the order of time.")
        if any(one.shape != start.shape for one in received):
            raise Wrong(f"the step should be given a state of the shape {start.shape}.")
        masks = np.array([one / before for one, before in zip(received, given, strict=False)])
        if close(masks[0], 1) and not close(masks, 1):
            raise Wrong("at the first step nothing is dropped: multiply before every step.")
        expect(not close(masks, 1), "nothing is dropped: multiply the state by the mask before each step.")
        gone = np.isclose(masks, 0)
        if not (gone == gone[0]).all():
            growing = all((after[before]).all() for before, after in pairwise(gone))
            raise Wrong(
                "more is dropped from step to step."
                if growing
                else "each step drops other units: draw the mask once, in front of the loop."
            )
        expect(not (gone[0] == gone[0][:1]).all(), "every row has the same units dropped: draw for each row.")
        expect(not (gone[0] == gone[0][:, :1]).all(), "all units of a row are dropped or none: draw for each unit.")
        share = gone.mean()
        expect(
            rate == 0.5 or abs(share - (1 - rate)) > 0.05,
            f"with rate={rate} a share of {share:.2f} is dropped: rate is the share that goes, not the one that stays.",
        )
        expect(abs(share - rate) < 0.06, f"with rate={rate} a share of {share:.2f} is dropped.")
        expect_independent(gone[0], rate, "unit")
        kept = masks[~gone]
        expect(not close(kept, 1), "what is kept should be divided by 1 − rate, so that the mean stays the same.")
        expect(close(kept, 1 / (1 - rate)), f"what is kept should be multiplied by {1 / (1 - rate):g} at every step.")
        expect(close(found, given[-1]), "return the state as the last step gave it; the mask comes before a step.")
    struck = [_struck(answer, seed) for seed in (5, 5, 6)]
    if not (struck[0] == struck[1]).all() or (struck[0] == struck[2]).all():
        raise Wrong("draw from `random`: the same generator should drop the same units, another one others.")
    calm = expect_array(
        answer(lambda x_t, h: h + 1, np.zeros((2, 3, 1)), np.ones((2, 4)), 0.0, np.random.default_rng(6)), (2, 4), what
    )
    expect(close(calm, 4), "with rate=0 it should be a plain loop.")


def _struck(answer: Any, seed: int) -> np.ndarray:
    """Where the state is 0 when the first step gets it."""
    received: list[np.ndarray] = []

    def step(x_t: Any, h: Any) -> Any:
        received.append(np.array(h))
        return h

    answer(step, np.zeros((8, 1, 1)), np.ones((8, 30)), 0.5, np.random.default_rng(seed))
    return received[0] == 0


@exercise(
    "loop-clip",
    "Start from the step of the chapter. One line is new, between the tape and the optimiser.",
    "tf.clip_by_global_norm(gradients, limit) returns two things: the clipped gradients and their old length.",
    "gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, self.trainable_weights), self.limit)",
)
def clip(answer: Any) -> None:
    import keras
    import tensorflow as tf

    seen: list[bool] = []

    class Witness(keras.layers.Layer):
        """Hands its input on and notes whether it was called for training."""

        def call(self, x: Any, training: bool = False) -> Any:
            seen.append(bool(training))
            return x

    random = np.random.default_rng(7)
    x = random.normal(size=(6, 3)).astype("float32")
    for limit, size in ((0.5, 20.0), (2.0, 5.0), (1000.0, 1.0)):  # the last one is short enough already
        y = (size * random.normal(size=(6, 2))).astype("float32")
        inputs = keras.Input((3,))
        model = answer(inputs, keras.layers.Dense(2)(Witness()(keras.layers.Dense(4)(inputs))))
        expect(isinstance(model, keras.Model), "Clipped should be a subclass of keras.Model.")
        model.limit = limit
        model.compile(keras.optimizers.SGD(1.0), "mse")
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(x) - y) ** 2)
        gradients = [np.asarray(one) for one in tape.gradient(loss, model.trainable_weights)]
        length = np.sqrt(sum((one**2).sum() for one in gradients))
        before = model.get_weights()
        seen.clear()
        logs = model.train_step((tf.constant(x), tf.constant(y)))
        moved = [old - new for old, new in zip(before, model.get_weights(), strict=True)]  # learning rate 1

        def steps(one: Any, gradients: Any = gradients, moved: Any = moved) -> bool:
            return all(np.allclose(m, one(g), atol=1e-4) for m, g in zip(moved, gradients, strict=True))

        def shorten(g: np.ndarray, limit: float = limit) -> np.ndarray:
            return g * min(1.0, limit / np.linalg.norm(g))

        if steps(lambda g: 0 * g):
            raise Wrong("the weights do not change: apply the clipped gradients with self.optimizer.")
        if length > limit:
            expect(not steps(lambda g: g), "the gradients are not clipped: the weights move by the whole of them.")
            expect(
                not steps(shorten),
                "each array is clipped on its own; take the length of all of them together, which keeps the direction.",
            )
            expect(
                not steps(lambda g, limit=limit: np.clip(g, -limit, limit)),
                "each number is clipped on its own, which turns the gradient; shorten the whole of it by one factor.",
            )
        else:
            if steps(lambda g, limit=limit, length=length: g * limit / length):
                raise Wrong("a gradient that is short enough is made longer; leave it as it is.")
        factor = min(1.0, limit / length)
        expect(steps(lambda g, factor=factor: factor * g), "the weights do not move by the clipped gradients.")
        expect(all(seen) and len(seen) > 0, "the model runs without training=True, so dropout would be off.")
        if not isinstance(logs, dict) or "loss" not in logs:
            raise Wrong("train_step should return a dict with the loss: {'loss': loss}.")
        if not np.isclose(float(logs["loss"]), float(loss), rtol=1e-4):
            raise Wrong("the loss in the dict is not that of the batch.")
