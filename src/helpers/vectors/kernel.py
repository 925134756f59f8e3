"""The loop that turns text into numbers, compiled by Numba: forty million numbers, and no Python object for any.

Most numbers of word vectors are a digit, a point and five digits or so, perhaps behind a minus. The digits behind the
point are not read one by one: eight bytes are one integer here, in which all eight digits are worked on at once (Lemire
2021, "Number parsing at a gigabyte per second"). Every other way to write a number takes the long way, digit by digit.

Integers are unsigned and of 64 bits throughout; Numba would turn a signed and an unsigned one into a float.
"""

from __future__ import annotations

from collections.abc import Callable

import numba
import numpy as np
from llvmlite import ir
from numba.cpython.unsafe.numbers import trailing_zeros
from numpy import uint64

DIGITS, POWERS = 15, 22  # whole numbers below 10^15 and powers up to 10^22 are exact in float64 (Clinger 1990)
PADDING = 16  # bytes that must follow the text: it is read ahead, eight at once

_LINE_FEED, _RETURN, _SPACE, _TAB, _PLUS, _MINUS, _POINT, _ZERO, _SMALL_E, _LARGE_E = map(uint64, b"\n\r \t+-.0eE")
_0, _1, _2, _3, _8, _10, _16, _32, _64 = map(uint64, (0, 1, 2, 3, 8, 10, 16, 32, 64))
_MOST_DIGITS, _MOST_POWERS = uint64(DIGITS), uint64(POWERS)
_EACH = uint64(0x0101010101010101)  # times a byte: that byte eight times
_ZEROS, _HIGH_BITS, _TO_HIGH_BIT = _EACH * _ZERO, _EACH * uint64(0x80), _EACH * uint64(0x80 - 10)
_PAIRS, _HUNDREDS, _UNITS = uint64(0x000000FF000000FF), uint64(0x000F424000000064), uint64(0x0000271000000001)
_POWER = 10.0 ** np.arange(POWERS + 1)
_WHOLE_POWER = 10 ** np.arange(9, dtype="uint64")


def _compiled(signature: numba.types.Type) -> Callable[[Callable], Callable]:
    def compile_it(function: Callable) -> Callable:
        try:
            return numba.njit(signature, nogil=True, cache=True)(function)  # kept on the disk for the next process
        except Exception:  # no folder takes it, or what was kept is spoilt
            return numba.njit(signature, nogil=True)(function)

    return compile_it


@numba.extending.intrinsic
def _eight(typing_context, text, position):
    """The eight bytes ``text[position:position + 8]`` as one integer, the first of them lowest (x86, ARM)."""

    def code(context, builder, signature, arguments):
        start = context.make_array(text)(context, builder, arguments[0]).data
        byte = builder.gep(start, [arguments[1]])
        loaded = builder.load(builder.bitcast(byte, ir.IntType(64).as_pointer()))
        loaded.align = 1
        return loaded

    return numba.uint64(text, position), code


@_compiled(numba.uint64(numba.uint64))
def _leading_digits(eight: int) -> int:
    """How many of eight bytes, each less the character "0", are digits, up to the first that is none."""
    none = ((eight + _TO_HIGH_BIT) | eight) & _HIGH_BITS  # the high bit of each byte that is no digit
    return uint64(trailing_zeros(none)) >> _3


@_compiled(numba.uint64(numba.uint64, numba.uint64))
def _value(eight: int, digits: int) -> int:
    """The number that the first ``digits`` of eight bytes, each a digit, stand for; 1 to 8 of them."""
    eight <<= _64 - (digits << _3)  # zeros before, and nothing after
    eight = eight * _10 + (eight >> _8)
    return ((eight & _PAIRS) * _HUNDREDS + ((eight >> _16) & _PAIRS) * _UNITS) >> _32


@_compiled(numba.types.Tuple((numba.float64, numba.uint64))(numba.uint8[::1], numba.uint64))
def _any_number(text: np.ndarray, position: int) -> tuple[float, int]:
    """The number that begins at ``position``, and where it ends: at 0 if it is none, or has too many digits."""
    nothing = (0.0, _0)
    minus = uint64(text[position] == _MINUS)
    position += minus | uint64(text[position] == _PLUS)
    mantissa, digits, behind, scale, down = _0, _0, _0, _0, _1
    digit = uint64(text[position]) - _ZERO  # what comes before "0" is huge
    while digit < _10:
        mantissa = mantissa * _10 + digit
        digits += _1
        position += _1
        digit = uint64(text[position]) - _ZERO
    if uint64(text[position]) == _POINT:
        position += _1
        digit = uint64(text[position]) - _ZERO
        while digit < _10:
            mantissa = mantissa * _10 + digit
            behind += _1
            position += _1
            digit = uint64(text[position]) - _ZERO
        digits += behind
    if digits == _0 or digits > _MOST_DIGITS:
        return nothing
    character = uint64(text[position])
    if character in (_SMALL_E, _LARGE_E):
        position += _1
        down = uint64(text[position] == _MINUS)
        position += down | uint64(text[position] == _PLUS)
        digit = uint64(text[position]) - _ZERO
        if digit >= _10:
            return nothing
        while digit < _10 and scale <= _MOST_POWERS:
            scale = scale * _10 + digit
            position += _1
            digit = uint64(text[position]) - _ZERO
    value = np.float64(mantissa)
    if down:
        if scale + behind > _MOST_POWERS:
            return nothing
        value /= _POWER[scale + behind]
    elif scale >= behind:
        if scale - behind > _MOST_POWERS:
            return nothing
        value *= _POWER[scale - behind]
    else:
        value /= _POWER[behind - scale]
    return (-value if minus else value), position


@_compiled(
    numba.types.UniTuple(numba.int64, 2)(
        numba.uint8[::1], numba.uint64, numba.uint64, numba.uint8[::1], numba.float32[:, ::1]
    )
)
def parse(text: np.ndarray, start: int, end: int, words: np.ndarray, numbers: np.ndarray) -> tuple[int, int]:
    """Fill ``words`` (one a line) and the rows of ``numbers`` from the lines ``text[start:end]``.

    The last line must have its line feed too, at which every step stops, and ``PADDING`` bytes must follow it. Returns
    how many rows and how many bytes of ``words`` are filled, or -1 and -1 at a line that is not a word without a
    space, ``numbers.shape[1]`` numbers with single spaces between, and perhaps a space and a carriage return.
    """
    odd = (-1, -1)
    dimension = uint64(numbers.shape[1])
    position, row, filled = start, _0, _0
    while position < end:
        character = uint64(text[position])
        while character != _SPACE:
            if character in (_LINE_FEED, _TAB):
                return odd
            words[filled] = character
            filled += _1
            position += _1
            character = uint64(text[position])
        words[filled] = _LINE_FEED
        filled += _1
        column = _0
        while column < dimension:
            position += _1  # past the space
            minus = uint64(text[position] == _MINUS)
            with_minus, without = _eight(text, position + _3), _eight(text, position + _2)  # both, so as not to wait
            eight = (with_minus if minus else without) ^ _ZEROS
            behind = _leading_digits(eight)
            digit, stop = uint64(text[position + minus]) - _ZERO, position + minus + _2 + behind
            usual = digit < _10 and text[position + minus + _1] == _POINT and _0 < behind < _8
            if usual and text[stop] in (_SPACE, _LINE_FEED):
                value = np.float64(digit * _WHOLE_POWER[behind] + _value(eight, behind)) / _POWER[behind]
                numbers[row, column] = value * (1.0 - 2.0 * np.float64(minus))
            else:
                value, stop = _any_number(text, position)
                if stop == _0:
                    return odd
                numbers[row, column] = value
            position = stop
            column += _1
            if column < dimension and text[position] != _SPACE:
                return odd
        position += uint64(text[position] == _SPACE)
        position += uint64(text[position] == _RETURN)
        if text[position] != _LINE_FEED:
            return odd
        position += _1
        row += _1
    return np.int64(row), np.int64(filled)
