"""Train many runs at once, on the processes of this machine or on a dask cluster.

Runs know nothing of each other, so each is one task. The data of an experiment go to every worker once. A run that is
lost with its worker is trained again; what a run made comes back here and is written here, so that each seed is
recorded once, whoever trained it. Stopped and started again, it goes on with what has no record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.experiments import experiment
from tools.train.alone import make_alone
from tools.train.record import Task, keep, load

if TYPE_CHECKING:
    from distributed import Client


def connect(workers: int | None = None, scheduler: str | None = None) -> Client:
    """A client of a cluster: of processes on this machine, one thread each, or of the scheduler named.

    Raises
    ------
    ValueError
        If dask is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ValueError("dask is not installed: run `pip install rnn-unrolled[cluster]`.") from error
    if scheduler:
        try:
            return Client(scheduler, timeout=20)
        except OSError as error:
            raise ValueError(
                f"no scheduler answers at {scheduler} ({error}): start one with `dask scheduler`."
            ) from error
    return Client(LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None))


def run(tasks: Sequence[Task], client: Client, progress: Callable[[str], None] = print) -> None:
    """Train the tasks on the client's workers and keep what they made, each as it ends."""
    from distributed import as_completed

    waiting = []
    for _, group in groupby(sorted(tasks, key=_data), key=_data):
        mine = list(group)
        loaded = client.scatter(load(mine[0].name), broadcast=True, hash=False)
        waiting += [
            client.submit(make_alone, task, loaded, key=f"{task.name}-{task.seed}", pure=False) for task in mine
        ]
    failed = []
    for done in as_completed(waiting):
        if done.status == "error":
            failed.append(f"{done.key}: {done.exception()}")
            progress(failed[-1])
        else:
            progress(keep(done.result()))
        done.release()
    if failed:
        raise ValueError(f"{len(failed)} of {len(tasks)} runs failed, the first: {failed[0]}")


def _data(task: Task) -> str:
    """What two tasks must have in common to learn from the same arrays."""
    return repr(experiment(task.name).data)
