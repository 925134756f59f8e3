"""The figure in which a gradient runs back through three cells."""

from __future__ import annotations

from helpers.figures.figure import Figure, remembers_call


@remembers_call
def gradient_highway(
    radius: float = 1.0,
    steps: int = 50,
    forget_bias: float = 1.0,
    update_bias: float = 0.0,
    clip: bool = False,
    seed: int = 5,
) -> Figure:
    """How far back the gradient of the last state reaches in an untrained SimpleRNN, LSTM and GRU, side by side.

    Parameters
    ----------
    radius : spectral radius of every recurrent kernel, 0.5 to 3; an LSTM has four, a GRU three.
    steps : how many steps the gradient runs back, 5 to 200.
    forget_bias, update_bias : of the gate that keeps the memory of the LSTM and of the GRU, −2 to 6. Keras starts
        at 1 and 0.
    clip : whether the gradient of all weights of a cell is clipped to the length 1.
    seed : of the random weights and inputs, a whole number from 0.

    Raises
    ------
    ValueError
        For a value outside its bounds.
    """
    bounds = {"radius": (radius, 0.5, 3), "steps": (steps, 5, 200)}
    bounds |= {"forget_bias": (forget_bias, -2, 6), "update_bias": (update_bias, -2, 6), "seed": (seed, 0, 2**31)}
    for name, (value, low, high) in bounds.items():
        if not low <= value <= high:
            raise ValueError(f"{name} is {value}, expected a number from {low} to {high}.")
    return Figure(
        "gradient_highway",
        "A line chart on a logarithmic axis: how long the gradient of the last state is so many steps back, in "
        "an untrained SimpleRNN, LSTM and GRU. Sliders set the spectral radius of the recurrent kernels, the number "
        "of steps and the biases of the two gates that keep a memory. At radius 0.9 less than a ten-thousandth of the "
        "SimpleRNN's gradient is left after 100 steps, and the GRU, as Keras starts it, keeps less still. With an "
        "update bias of 4 the GRU keeps about a sixth. A switch clips the gradients: a line moves down as a whole, "
        "and its slope stays.",
        {
            "radius": radius,
            "steps": int(steps),
            "forget": forget_bias,
            "update": update_bias,
            "clip": clip,
            "seed": int(seed),
        },
    )
