"""From two reviews to one matrix."""

from __future__ import annotations

from helpers.figures.figure import Figure, remembers_call


@remembers_call
def padding_bench(
    first: str = "I liked the start. The middle was a zorbulous mess, and the end was dull.",
    second: str = "The end was great!",
    size: int = 8,
    length: int = 8,
    padding: str = "pre",
    truncating: str = "pre",
    mask: bool = False,
) -> Figure:
    """Two reviews become a matrix: vocabulary, length, sides and mask, and in red what is lost.

    Parameters
    ----------
    first, second : the reviews. Their own words, most frequent first, make the vocabulary.
    size : how many of these words are known, 0 or more.
    length : of the rows, 1 to 30.
    padding, truncating : "pre" or "post", as in :func:`helpers.text.pad`.
    mask : whether to show the mask.

    Raises
    ------
    ValueError
        If a side is neither "pre" nor "post", ``size`` is negative or ``length`` not between 1 and 30.
    """
    for name, side in (("padding", padding), ("truncating", truncating)):
        if side not in ("pre", "post"):
            raise ValueError(f"{name} is {side!r}, but it must be 'pre' or 'post'.")
    if size < 0:
        raise ValueError(f"size is {size}, but a vocabulary has 0 words or more.")
    if not 1 <= length <= 30:
        raise ValueError(f"length is {length}, but it must be between 1 and 30.")
    return Figure(
        "padding_bench",
        "Two reviews are cut into words, coded and brought to one length. Sliders set how many words the vocabulary "
        "has and how long a row is; buttons set which end is cut and on which side the zeros go. What is cut off is "
        "struck through and red, unknown words stand in red brackets. Below, the matrix: a long review loses its "
        "beginning with “pre” and its end with “post”; a short one gets zeros, which a recurrent layer reads like a "
        "word unless they are masked.",
        {
            "first": first, "second": second, "size": size, "length": length, "padding": padding,
            "truncating": truncating, "mask": mask,
        },
    )  # fmt: skip
