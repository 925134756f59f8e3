"""Wrong answers to the exercises of chapter 15: (exercise, answer, what the check must say)."""

import numpy as np


def read(cell, x, keep=True, every=False, order=1, stop=None):
    states, outputs = cell.get_initial_state(batch_size=len(x)), []
    for t in range(x.shape[1])[::order][:stop]:
        output, new = cell(x[:, t], states)
        states = new if keep else states
        outputs.append(np.asarray(output))
    return np.stack(outputs, axis=1) if every else outputs[-1]


def states(state_size, x, rows=None, columns=None):
    sizes = [state_size] if isinstance(state_size, int) else state_size
    return [np.zeros((rows or len(x), columns or size)) for size in sizes]


def masked(step, x, mask, h, choose):
    start = h
    for t in range(x.shape[1]):
        h = choose(mask[:, t, None], step(x[:, t], h), h, start)
    return h


def plain(step, x, h, rate, random):
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
    return h


def zeros_for_padding(step, x, mask, h):
    for t in range(x.shape[1]):
        h = step(x[:, t] * mask[:, t, None], h)
    return h


def dropped(step, x, h, rate, random, shape=None, share=None, scale=True, each=False, after=False, last=False):
    def draw():
        keep = random.random(shape or h.shape) >= (rate if share is None else share(rate))
        return keep / (1 - rate if scale else 1)

    mask = draw()
    for t in range(x.shape[1]):
        if each:
            mask = draw()
        h = step(x[:, t], h) * mask if after else step(x[:, t], h * mask)
    return h * mask if last else h


def clipped(change, training=True, apply=True, log=True):
    """A class as the exercise wants it, but for what it does to the gradients."""

    def make(inputs, outputs):
        import keras
        import tensorflow as tf

        class Clipped(keras.Model):
            limit = 1.0

            def train_step(self, batch):
                x, y = batch
                with tf.GradientTape() as tape:
                    loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=training), training=True)
                gradients = change(tf, tape.gradient(loss, self.trainable_weights), self.limit)
                if apply:
                    self.optimizer.apply(gradients, self.trainable_weights)
                return {"loss": loss} if log else None

        return Clipped(inputs, outputs)

    return make


def whole(tf, gradients, limit):
    return tf.clip_by_global_norm(gradients, limit)[0]


def one_by_one(tf, gradients, limit):
    return [tf.clip_by_norm(one, limit) for one in gradients]


def by_value(tf, gradients, limit):
    return [tf.clip_by_value(one, -limit, limit) for one in gradients]


def always(tf, gradients, limit):
    return [one * limit / tf.linalg.global_norm(gradients) for one in gradients]


def read_by_keras(cell, x):
    from keras import layers

    return layers.RNN(cell)(x)


def dropped_exactly(step, x, h, rate, random):
    mask = np.full(h.shape, 1 / (1 - rate))
    for row in mask:
        row[random.permutation(len(row))[: round(rate * len(row))]] = 0
    for t in range(x.shape[1]):
        h = step(x[:, t], h * mask)
    return h


def dropped_backwards(step, x, h, rate, random):
    return dropped(step, x[:, ::-1], h, rate, random)


WRONG = [
    ("loop-read", lambda cell, x: read(cell, x, keep=False), "does not reach the next timestep"),
    ("loop-read", lambda cell, x: read(cell, x, every=True), "only the last one is wanted"),
    ("loop-read", lambda cell, x: read(cell, x, order=-1), "from the last timestep to the first"),
    ("loop-read", lambda cell, x: read(cell, x, stop=1), "after the first timestep"),
    ("loop-read", lambda cell, x: read(cell, x, stop=max(1, x.shape[1] - 1)), "last timestep is missing"),
    ("loop-read", read_by_keras, "that is Keras's loop"),
    ("loop-first-states", lambda s, x: states(s, x, rows=128), "take the number from x"),
    ("loop-first-states", lambda s, x: states(s, x, columns=x.shape[-1]), "not from the features"),
    ("loop-first-states", lambda s, x: states(s, x)[0], "a list of arrays"),
    ("loop-first-states", lambda s, x: states(s, x)[:1], "asks for 2 state(s)"),
    ("loop-first-states", lambda s, x: [one + 1 for one in states(s, x)], "all zeros"),
    ("loop-first-states", lambda s, x: [one[0] for one in states(s, x)], "one row for each review"),
    ("loop-padding", lambda *a: masked(*a, lambda real, new, old, start: new), "mask does nothing"),
    ("loop-padding", lambda *a: masked(*a, lambda real, new, old, start: new * real), "the state becomes 0"),
    ("loop-padding", lambda *a: masked(*a, lambda real, new, old, start: np.where(real, old, new)), "just those"),
    ("loop-padding", lambda *a: masked(*a, lambda real, new, old, start: np.where(real, new, start)), "first state"),
    ("loop-padding", zeros_for_padding, "that step must not count"),
    ("loop-state-dropout", lambda *a: dropped(*a, each=True), "draw the mask once"),
    ("loop-state-dropout", lambda *a: dropped(*a, scale=False), "divided by 1 − rate"),
    ("loop-state-dropout", lambda *a: dropped(*a, shape=(1, a[2].shape[1])), "draw for each row"),
    ("loop-state-dropout", lambda *a: dropped(*a, shape=(len(a[2]), 1)), "draw for each unit"),
    ("loop-state-dropout", lambda *a: dropped(*a, share=lambda rate: 1 - rate), "not the one that stays"),
    ("loop-state-dropout", lambda *a: dropped(*a, after=True), "at the first step nothing is dropped"),
    ("loop-state-dropout", lambda *a: dropped(*a, last=True), "as the last step gave it"),
    ("loop-state-dropout", plain, "nothing is dropped"),
    ("loop-state-dropout", dropped_exactly, "a chance of its own"),
    ("loop-state-dropout", dropped_backwards, "in the order of time"),
    ("loop-state-dropout", lambda s, x, h, rate, _: dropped(s, x, h, rate, np.random.default_rng(1)), "from `random`"),
    ("loop-state-dropout", lambda s, x, h, rate, _: dropped(s, x, h, rate, np.random.default_rng()), "from `random`"),
    ("loop-clip", clipped(lambda tf, gradients, limit: gradients), "not clipped"),
    ("loop-clip", clipped(one_by_one), "on its own; take the length"),
    ("loop-clip", clipped(by_value), "which turns the gradient"),
    ("loop-clip", clipped(always), "is made longer"),
    ("loop-clip", clipped(whole, training=False), "without training=True"),
    ("loop-clip", clipped(whole, apply=False), "weights do not change"),
    ("loop-clip", clipped(whole, log=False), "a dict with the loss"),
]  # fmt: skip
