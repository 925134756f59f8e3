"""Train one run in a process of its own.

The seed of a run sets the random numbers of the whole process, and a dask worker draws from them too, now and then, in
threads of its own. Alone, a run is the same to the bit wherever it is trained.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import Any

from tools.train.record import Made, Task, make


def make_alone(task: Task, loaded: Any) -> Made:
    """What :func:`tools.train.record.make` makes, in another process.

    Raises
    ------
    RuntimeError
        If that process dies, with the end of what it said; what the training itself raises is raised here.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tools.train.alone"], input=pickle.dumps((task, loaded)), capture_output=True
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace")[-500:]
        raise RuntimeError(f"{task.name} seed {task.seed} died (exit {done.returncode}): {said}")
    made = pickle.loads(done.stdout)
    if isinstance(made, Exception):
        raise made
    return made


def main() -> None:
    """Read a task and its data from the standard input; write what was made to the standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what Keras and TensorFlow print goes elsewhere
    task, loaded = pickle.loads(sys.stdin.buffer.read())
    try:
        made: Made | Exception = make(task, loaded)
    except Exception as error:
        made = error
    with answers:
        answers.write(pickle.dumps(made))


if __name__ == "__main__":
    main()
