"""Runs when a Python starts with this folder on its path: the loaders ask the server of ``PUBLIC_ORIGINALS``.

That variable names a JSON file, original → [URL, hash]. The addresses are changed when a module that has them is
imported, so that the loaders themselves know nothing of it; every address outside this computer is blocked.
"""

import importlib.abc
import importlib.machinery
import json
import os
import runpy
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
runpy.run_path(str(_HERE.parent.parent / "no_network" / "sitecustomize.py"))

_ORIGINALS = json.loads(Path(os.environ["PUBLIC_ORIGINALS"]).read_text(encoding="utf-8"))


def _cache(module):
    module.FILES.update({name: tuple(_ORIGINALS[name]) for name in module.FILES})


def _products(module):
    module.POLARITY_URL = _ORIGINALS["amazon_review_polarity_csv.tgz"][0]
    module.DOMAINS_URL = _ORIGINALS[module.DOMAINS_ARCHIVE][0]


def _glove(module):
    for name, (_, _, member, size) in list(module.DOWNLOADS.items()):
        if name in _ORIGINALS:
            module.DOWNLOADS[name] = (*_ORIGINALS[name], member, size)


def _nltk(module):
    module.Downloader.DEFAULT_URL = module._downloader._url = _ORIGINALS["index.xml"][0]


_CHANGES = {
    "helpers.data.download": _cache,
    "helpers.data.amazon": _products,
    "helpers.vectors.glove": _glove,
    "nltk.downloader": _nltk,
}


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of ``_CHANGES`` as ever, and changes each once it has run."""

    def find_spec(self, name, path=None, target=None):
        if name not in _CHANGES:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            _CHANGES[name](module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Finder())
