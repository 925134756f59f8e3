"""Everything a notebook of *Recurrent Neural Networks, Unrolled* imports.

Each module is one room: ``cells`` (recurrent cells in NumPy, forward and backward), ``params`` (parameter counts),
``text`` (words to numbers), ``corpus`` (many texts at once), ``cleaning`` (NLTK's steps), ``data`` (data sets),
``vectors`` (word vectors), ``models`` (models that several chapters share), ``unrolled`` and ``fused`` (two ways to run
a layer's loop), ``runs`` (train, record, reload), ``plotting`` (one style, alt text), ``figures`` (interactive figures)
and ``checks`` (exercises). Importing the package itself loads nothing heavy: TensorFlow and Keras are imported inside
the functions that use them.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("rnn-unrolled")
except PackageNotFoundError:  # the source tree on sys.path, not installed
    __version__ = "0+unknown"
