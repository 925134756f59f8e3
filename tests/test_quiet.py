"""Silence on the error stream, and only there."""

import os
import sys
import warnings

import pytest

from helpers.quiet import quiet


def test_python_and_compiled_code_are_silent_inside_and_heard_after(capfd):
    with quiet():
        print("from Python", file=sys.stderr)
        os.write(2, b"from compiled code")
        warnings.warn("a warning", stacklevel=1)
        print("a result")
    os.write(2, b"heard again")
    out, err = capfd.readouterr()
    assert (out, err) == ("a result\n", "heard again")


def test_an_exception_passes(capfd):
    with pytest.raises(ValueError, match="wrong"), quiet():
        raise ValueError("wrong")
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
