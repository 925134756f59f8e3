"""Everything a notebook of *Recurrent Neural Networks, Unrolled* imports.

Each module is one room: ``cells`` (recurrent cells in NumPy, forward and backward), ``params`` (parameter counts),
``text`` (words to numbers), ``data`` (data sets), ``models`` (models that several chapters share), ``runs`` (train,
record, reload), ``plotting`` (figures) and ``checks`` (exercises). Importing the package itself loads nothing heavy:
TensorFlow and Keras are imported inside the functions that use them.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("rnn-unrolled")
except PackageNotFoundError:  # the source tree on sys.path, not installed
    __version__ = "0+unknown"
