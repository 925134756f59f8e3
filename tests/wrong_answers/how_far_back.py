"""Wrong answers to the exercises of chapter 6: (exercise, answer, what the check must say)."""

import numpy as np


def bias(steps, share, z_keeps, sign=1, gate=False):
    z = share ** (1 / steps)
    if gate:
        return z
    b = np.log(z / (1 - z))
    return sign * b if z_keeps else -sign * b


def times(block, shift=1):
    return lambda bias: shift + np.exp(np.split(bias, 4)[block])


def first_block(recurrent_kernel):
    n = len(recurrent_kernel)
    block = recurrent_kernel[:, :n]
    return np.allclose(block @ block.T, np.eye(n))


def last_block(recurrent_kernel):
    n = len(recurrent_kernel)
    block = recurrent_kernel[:, -n:]
    return np.allclose(block @ block.T, np.eye(n))


WRONG = [
    ("back-update-bias", lambda steps, share, z_keeps: bias(steps, share, z_keeps, sign=-1), "wrong way round"),
    ("back-update-bias", lambda steps, share, z_keeps: bias(steps, share, True), "wrong way round"),
    ("back-update-bias", lambda steps, share, z_keeps: bias(steps, share, z_keeps, gate=True), "the gate itself"),
    ("back-update-bias", lambda steps, share, z_keeps: bias(steps, 0.5, z_keeps), "need not be one half"),
    ("back-update-bias", lambda steps, share, z_keeps: bias(1, share, z_keeps), "at every step"),
    ("back-memory-times", times(0), "those are the times of the input gate"),
    ("back-memory-times", times(2), "those are the times of the candidate"),
    ("back-memory-times", times(1, shift=0), "that is τ − 1"),
    ("back-memory-times", lambda bias: 1 / (1 + np.exp(-np.split(bias, 4)[1])), "that is the gate"),
    ("back-memory-times", lambda bias: np.log(2) / np.log1p(np.exp(-np.split(bias, 4)[1])), "that is the half-life"),
    ("back-blocks", first_block, "the last block"),
    ("back-blocks", last_block, "the first block is random"),
    ("back-blocks", lambda U: np.allclose(U @ U.T, np.eye(len(U))), "should be True"),
    ("back-blocks", lambda U: True, "should be False"),
    ("back-blocks", lambda U: 1, "True or False"),
    ("back-read", "A", "A does not follow"),
    ("back-read", "BCD", "C names a cause"),
    ("back-read", "D", "something that follows is missing"),
    ("back-read", "??", "some of the letters"),
]
