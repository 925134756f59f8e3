"""A server on this computer for a folder of originals, and the list of them that the patched loaders read."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.public_originals import files


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Whoever has read enough of an archive hangs up: that is no error."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Path]:
    """Serve ``folder``; gives the JSON file for ``PUBLIC_ORIGINALS``."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    url = f"http://127.0.0.1:{server.server_port}/"
    if all((folder / f"{name}.zip").exists() for name in files.NLTK):
        (folder / "index.xml").write_bytes(files.nltk_index(folder, url))
    listed = {
        path.name: [url + path.name, f"sha256:{_sha256(path)}"]
        for path in sorted(folder.iterdir())
        if path.name != "originals.json"
    }
    told = folder / "originals.json"
    told.write_text(json.dumps(listed, indent=1), encoding="utf-8")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
