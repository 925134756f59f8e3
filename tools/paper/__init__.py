"""The book on paper and on an e-reader: `python -m tools.paper.pdf` and `python -m tools.paper.epub`."""
