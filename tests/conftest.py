"""What every test file may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before anything imports TensorFlow
settings.register_profile("course", deadline=None)  # a slow machine is no failure
settings.load_profile("course")


@pytest.fixture(scope="session")
def rnn_data() -> Path:
    """The folder with the real data sets; a test that asks for it is skipped where there is none."""
    folder = os.environ.get("RNN_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("RNN_DATA names no folder with the real data sets")
    return Path(folder)
