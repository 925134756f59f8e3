# Thin: every target is one or two commands. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
HTML := _build/html
# The folder with the real data sets; without one, the loaders download the originals or fall back to sample data.
export RNN_DATA ?= $(abspath $(wildcard ../shared/data))
export TF_CPP_MIN_LOG_LEVEL ?= 3
RUN_NOTEBOOKS := RNN_MODE=quick PYTHONPATH=tests/no_network $(BIN)/python -m pytest -p no:randomly --nbmake --nbmake-timeout=60 --durations=12

.PHONY: help book test notebooks experiments bench serve lint clean check-lint check-notebooks check-code check-browser check-public
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

book: $(READY)  ## build the HTML book and print where it is
	$(BIN)/jupyter-book build . --all -n -W --keep-going --quiet
	@echo "The book is built. Open $(abspath $(HTML)/index.html)"

test: check-lint check-code check-notebooks book check-browser  ## everything that must hold; a quarter of an hour on two cores

notebooks: $(READY)  ## write the Colab editions from their sources
	$(BIN)/python tools/export_notebooks.py

experiments: $(READY)  ## train and record whatever is not recorded yet (hours)
	$(BIN)/python -m helpers.runs train all ablations vectors products

bench: $(READY)  ## measure how fast words, vectors and figures are, and ways to train (an hour and a half)
	$(BIN)/python tools/bench_figures.py
	$(BIN)/python tools/bench_glove.py
	$(BIN)/python tools/bench_chapters.py
	$(BIN)/python tools/bench.py

serve: book  ## build the book and serve it on this machine
	$(BIN)/python -m http.server --directory $(HTML) --bind 127.0.0.1 8000

lint: $(READY)  ## format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove everything that was built, but not the virtual environment
	rm -rf _build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

check-lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

check-code: $(READY)
	$(BIN)/python -m pytest tests --ignore=tests/browser -n 2 --durations=5

check-notebooks: $(READY)
	$(BIN)/python tools/export_notebooks.py --check
	$(RUN_NOTEBOOKS) -n 2 notebooks

check-browser: $(READY)
	$(BIN)/python -m pytest tests/browser -n 2

check-public: $(READY)  # every notebook on the public downloads, which a server on this computer plays
	$(BIN)/python -m tests.public_originals --run
