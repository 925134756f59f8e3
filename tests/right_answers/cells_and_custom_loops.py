"""Right answers to the exercises of chapter 15, each in another way: (exercise, answer)."""

import numpy as np


def read_by_place(cell, x):
    states = [np.zeros((x.shape[0], size), dtype="float32") for size in np.atleast_1d(cell.state_size)]
    for t in range(x.shape[1]):
        output, states = cell(x[:, t, :], states)
    return np.asarray(output)


def read_swapped_axes(cell, x):
    states = cell.get_initial_state(x.shape[0])
    for x_t in np.swapaxes(x, 0, 1):
        output, states = cell.call(x_t, states)
    return output.numpy().tolist()


def states_of_lists(state_size, x):
    sizes = state_size if isinstance(state_size, list) else [state_size]
    return tuple([[0.0] * size for _ in x] for size in sizes)


def states_of_tensors(state_size, x):
    from keras import ops

    return [ops.zeros((x.shape[0], int(size))) for size in np.atleast_1d(state_size)]


def masked_row_by_row(step, x, mask, h):
    rows = []
    for row in range(len(x)):
        state = h[row : row + 1]
        for t in np.flatnonzero(mask[row]):
            state = step(x[row : row + 1, t], state)
        rows.append(state[0])
    return np.array(rows, dtype="float32")


def masked_by_weights(step, x, mask, h):
    for t in range(x.shape[1]):
        real = mask[:, t].astype("float64").reshape(-1, 1)
        h = real * step(x[:, t], h) + (1 - real) * h
    return h


def masked_by_index(step, x, mask, h):
    h = h.copy()
    for t in range(x.shape[1]):
        rows = mask[:, t]
        h[rows] = step(x[:, t], h)[rows]
    return h.tolist()


def dropped_row_by_row(step, x, h, rate, random):
    keep = np.array([[random.random() > rate for _ in row] for row in h])
    for t in range(x.shape[1]):
        h = step(x[:, t], np.where(keep, h / (1 - rate), 0))
    return h


def dropped_by_binomial(step, x, h, rate, random):
    mask = random.binomial(1, 1 - rate, h.shape).astype("float32") / np.float32(1 - rate)
    for x_t in np.moveaxis(x, 1, 0):
        h = step(x_t, mask * h)
    return np.float32(h)


def clipped(change, log=lambda loss: {"loss": loss}):
    """The class of the exercise, with one of several ways to clip."""

    def make(inputs, outputs):
        import keras
        import tensorflow as tf

        class Clipped(keras.Model):
            limit = 1.0

            def train_step(self, batch):
                x, y = batch
                with tf.GradientTape() as tape:
                    loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
                gradients = tape.gradient(loss, self.trainable_variables)
                gradients = change(tf, gradients, self.limit)
                self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
                return log(loss)

        return Clipped(inputs, outputs)

    return make


def by_hand(tf, gradients, limit):
    length = tf.sqrt(sum(tf.reduce_sum(tf.square(one)) for one in gradients))
    return [one * tf.minimum(1.0, limit / length) for one in gradients]


def by_numpy(tf, gradients, limit):
    length = np.linalg.norm(np.concatenate([one.numpy().ravel() for one in gradients]))
    return [one * (limit / length) for one in gradients] if length > limit else gradients


RIGHT = [
    ("loop-read", read_by_place),
    ("loop-read", read_swapped_axes),
    ("loop-first-states", states_of_lists),
    ("loop-first-states", states_of_tensors),
    ("loop-padding", masked_row_by_row),
    ("loop-padding", masked_by_weights),
    ("loop-padding", masked_by_index),
    ("loop-state-dropout", dropped_row_by_row),
    ("loop-state-dropout", dropped_by_binomial),
    ("loop-clip", clipped(by_hand)),
    ("loop-clip", clipped(by_numpy, log=lambda loss: {"loss": float(loss), "more": 0})),
    ("loop-clip", clipped(lambda tf, gradients, limit: tf.clip_by_global_norm(gradients, limit)[0])),
]
