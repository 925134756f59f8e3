"""A download that goes on where it stopped, for files of hundreds of megabytes."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

from helpers.data.cache import TIMEOUT

PIECE = 2**16  # bytes
ABANDONED = 2 * sum(TIMEOUT)  # seconds without a new byte after which nobody is writing to a part any more


def download(url: str, output_file: str, fetcher: Any) -> None:
    """Fetch ``url`` into ``output_file``, with size and progress shown; what arrived before a failure is not lost.

    A downloader for pooch, which names ``output_file`` anew each time and checks the hash afterwards. What has arrived
    stands beside it, in a ``.part`` file that one process at a time owns by renaming it.

    Raises
    ------
    requests.RequestException
        If the server cannot be reached or stops before the end.
    """
    import requests
    from tqdm import tqdm

    folder, name = Path(output_file).parent, url.rpartition("/")[2]
    waiting = folder / f"{name}.part"
    mine = folder / f"{name}.{uuid.uuid4().hex}.part"
    _claim(waiting, mine, folder, name)
    try:
        have = mine.stat().st_size if mine.exists() else 0
        headers = {"Range": f"bytes={have}-"} if have else {}
        with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT) as answer:
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                mine.unlink()  # longer than the file: it was another one
            answer.raise_for_status()
            if answer.status_code != requests.codes.partial_content:
                have = 0  # the server sends all of it
            size = have + int(answer.headers.get("Content-Length", 0))
            with (
                mine.open("ab" if have else "wb") as file,
                tqdm(total=size or None, initial=have, unit="B", unit_scale=True, desc=name) as bar,
            ):
                for piece in answer.iter_content(PIECE):
                    file.write(piece)
                    bar.update(len(piece))
        arrived = mine.stat().st_size
        if arrived < size:
            raise requests.ConnectionError(f"{url} stopped after {arrived:,} of {size:,} bytes")
        mine.replace(output_file)
    finally:
        if mine.exists():
            mine.replace(waiting)


def _claim(waiting: Path, mine: Path, folder: Path, name: str) -> None:
    """Take over the part that a failed download left, or one whose process was killed."""
    abandoned = [part for part in folder.glob(f"{name}.*.part") if time.time() - part.stat().st_mtime > ABANDONED]
    for part in (waiting, *abandoned):
        try:
            part.rename(mine)
            return
        except FileNotFoundError:  # there is none, or another process was sooner
            continue
