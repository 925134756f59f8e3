"""What the tests of the figures' machinery use."""

import pytest

from helpers.figures import compose


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write modules into a folder that stands for the package's own: ``write({"figure/view": "…"})``."""
    monkeypatch.setattr(compose, "FOLDER", tmp_path)

    def write_them(sources):
        for name, text in sources.items():
            path = tmp_path / f"{name}.mjs"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")

    return write_them
