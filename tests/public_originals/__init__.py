"""The public originals of all data, played by a server on this computer, for notebooks as a reader online runs them.

``python -m tests.public_originals --run`` (``make check-public``) makes the files in their real formats and under their
real names out of the folder that ``RNN_DATA`` names, serves them, and runs the notebooks with ``RNN_DATA`` unset and an
empty cache: in ``quick`` mode all of them, in ``recorded`` mode those that compare recorded runs. The product reviews
are *other* ones than those of the recorded runs, as on the net. Every address but this computer's is blocked.
"""
