"""Right answers to the exercises of chapter 6, each in another way: (exercise, answer)."""

import math

import numpy as np


def bias_by_logarithms(steps, share, z_keeps):
    kept = math.log(share) / steps  # the logarithm of the gate
    b = kept - math.log(-math.expm1(kept))
    return np.float32(b if z_keeps else -b)


def bias_of_the_complement(steps, share, z_keeps):
    keep = share ** (1 / steps)
    gate = keep if z_keeps else 1 - keep
    return np.log(gate) - np.log(1 - gate)


def times_from_the_gate(bias):
    n = len(bias) // 4
    gate = 1 / (1 + np.exp(-bias[n : 2 * n]))
    return 1 / (1 - gate)


def blocks_by_singular_values(recurrent_kernel):
    n, width = recurrent_kernel.shape
    stack = recurrent_kernel.reshape(n, width // n, n).transpose(1, 0, 2)
    return np.abs(np.linalg.svd(stack, compute_uv=False) - 1).max() < 1e-4


def blocks_by_columns(recurrent_kernel):
    n = len(recurrent_kernel)
    for start in range(0, recurrent_kernel.shape[1], n):
        block = recurrent_kernel[:, start : start + n]
        if not np.allclose(block.T @ block, np.eye(n), atol=1e-5):
            return False
    return True


RIGHT = [
    ("back-update-bias", bias_by_logarithms),
    ("back-update-bias", bias_of_the_complement),
    ("back-memory-times", times_from_the_gate),
    ("back-memory-times", lambda bias: [1 + math.exp(b) for b in bias[len(bias) // 4 : len(bias) // 2]]),
    ("back-blocks", blocks_by_singular_values),
    ("back-blocks", blocks_by_columns),
    ("back-read", "BD"),
    ("back-read", ["d", "b"]),
]
