"""Execute the chapters once and keep what came out, so that the book can be built anywhere.

- ``notebooks/executed/NN_slug.ipynb`` holds a chapter's code cells with their outputs, in recorded mode on the real
  data, and in its metadata, under ``made_of``, what it depended on (:mod:`tools.execute.dependencies`).
- Executed twice, a notebook is the same to the byte (:mod:`tools.execute.normalise`).
- A notebook whose dependencies no longer hold is *stale*. ``python -m tools.execute`` executes what is stale,
  ``--stale`` only names it, with the reason.
- Whatever needs outputs takes them from here and executes nothing: the book (``book/_ext/executed.py``) and the
  exporter. The outputs go to the cells with the same code (:func:`tools.execute.kept.with_outputs`).
"""
