"""How long trainings take on several workers, from the seconds that they took here one by one."""

from __future__ import annotations

import heapq
from collections.abc import Iterable


def makespan(seconds: Iterable[float], workers: int) -> float:
    """Seconds until the last of some independent trainings has ended.

    Whoever is free takes the longest that is left (Graham 1969): at most a third more than the best order needs. No
    time is counted for starting a process or for sending data, and each worker is as fast as the machine here was.

    Parameters
    ----------
    seconds : iterable of float
        What each training takes.
    workers : int
        How many train at once.

    Raises
    ------
    ValueError
        If there is no worker.
    """
    if workers < 1:
        raise ValueError(f"{workers} workers train nothing: 1 or more.")
    free_at = [0.0] * workers
    for one in sorted(seconds, reverse=True):
        heapq.heapreplace(free_at, free_at[0] + one)
    return max(free_at)
