# Thin: every target is one or two commands. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BOOK_READY := $(VENV)/.book
HTML := _build/html
export TF_CPP_MIN_LOG_LEVEL ?= 3
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
BUILD := $(BIN)/jupyter-book build . -n --keep-going --quiet
RUN_NOTEBOOKS := RNN_MODE=quick PYTHONPATH=tests/no_network $(BIN)/python -m pytest -p no:randomly --nbmake --nbmake-timeout=60 --durations=12

.DEFAULT_GOAL := help

.PHONY: help
help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

# --- what a reader needs -----------------------------------------------------

.PHONY: book test serve clean
book: $(BOOK_READY)  ## build the HTML book and print where it is: no data, no TensorFlow, two minutes the first time
	$(BUILD) -W
	@echo "The book is built. Open $(abspath $(HTML)/index.html)"

test: check-lint check-types check-workflows stale check-code check-notebooks book check-browser  ## everything that must hold; a quarter of an hour on two cores

serve: book  ## build the book and serve it on this machine
	$(BIN)/python -m http.server --directory $(HTML) --bind 127.0.0.1 8000

clean:  ## remove everything that was built, but not the virtual environment
	rm -rf _build .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage*
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(BOOK_READY): $(VENV)/.made requirements-book.txt pyproject.toml
	$(PIP) -r requirements-book.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(READY): $(BOOK_READY) requirements.txt
	$(PIP) -r requirements.txt
	@touch $@

# --- what an author needs ----------------------------------------------------

.PHONY: live page executed stale notebooks lint
live: $(READY)  ## show the book in the browser and again after every change of a page
	$(BIN)/jupyter-book config sphinx . >/dev/null
	PYTHONPATH=book/_ext $(BIN)/sphinx-autobuild . _build/live --port 8001 --open-browser --ignore '_build/*' --ignore '.venv/*' --ignore '*.ipynb'

page: $(READY)  ## execute one chapter and build the book with it: make page N=09
	$(BIN)/python -m tools.execute $(N)
	$(BUILD)
	@echo "Open $(abspath $(HTML))/notebooks/"

executed: $(READY)  ## execute the chapters that are stale, on the real data in RNN_DATA (minutes)
	$(BIN)/python -m tools.execute

stale: $(BOOK_READY)  ## name the chapters whose results are older than what they are made of
	$(BIN)/python -m tools.execute --stale

notebooks: $(BOOK_READY)  ## write the Colab editions from their sources
	$(BIN)/python tools/export_notebooks.py

lint: $(READY)  ## format the code, the chapters' too, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m tools.chapter_code

# --- what a maintainer needs -------------------------------------------------

.PHONY: experiments bench bench-cluster requirements
experiments: $(READY)  ## train and record whatever is not recorded yet (hours)
	$(BIN)/python -m tools.train all

bench-cluster: $(READY)  ## measure what a second worker is worth (minutes; on a quiet machine)
	$(BIN)/python -m tools.bench.cluster

bench: $(READY)  ## measure how fast words and figures are, and ways to train (an hour and a half)
	$(BIN)/python -m tools.bench.figures
	$(BIN)/python -m tools.bench.chapters
	$(BIN)/python -m tools.bench.train

requirements: $(READY)  ## compile requirements*.txt from requirements*.in
	$(BIN)/uv pip compile $(COMPILE) requirements-book.in -o requirements-book.txt
	$(BIN)/uv pip compile $(COMPILE) requirements.in -c requirements-book.txt -o requirements.txt
COMPILE := --quiet --python-version 3.11.0 --no-emit-index-url --no-annotate --custom-compile-command "make requirements"

.PHONY: check-lint check-types check-code coverage check-notebooks check-browser
check-lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m tools.chapter_code --check

check-types: $(READY)
	$(BIN)/mypy

check-code: $(READY)
	$(BIN)/python -m pytest tests --ignore=tests/browser -m "not slow" -n 2 --durations=5

coverage: $(READY)  ## run the code's tests and show which lines they do not reach
	$(BIN)/python -m pytest tests --ignore=tests/browser -m "not slow" -n 2 --cov=src/helpers --cov=tools

check-notebooks: $(READY)
	$(BIN)/python tools/export_notebooks.py --check
	$(RUN_NOTEBOOKS) -n 2 notebooks/*.ipynb

check-browser: $(READY)
	$(BIN)/python -m pytest tests/browser -n 2

# What the workflows in .github/workflows run beyond `make test` and `make book`.
.PHONY: setup release publish check-version links check-newest check-colab check-instructor check-workflows smoke
# What runs the notebooks in an environment that is not ours; the last two are on Colab and make cells faster.
RUNNERS := nbmake pytest pytest-xdist ipykernel ipywidgets pyarrow scipy
NOTEBOOKS ?= $(wildcard notebooks/[0-9]*.ipynb)
WORKERS ?= 2
# Colab's published package list, a file or an address, and the Python that Colab has.
COLAB_FREEZE ?= https://raw.githubusercontent.com/googlecolab/backend-info/main/pip-freeze.txt
COLAB_PYTHON ?= python3.13
# The newest Sphinx may want a newer Python than the book has.
SMOKE_PYTHON ?= $(PYTHON)
SMOKE := sphinx myst-nb sphinx-book-theme sphinx-exercise sphinxcontrib-bibtex sphinx-external-toc sphinx-design \
	sphinx-copybutton sphinx-togglebutton sphinx-thebe sphinx-comments sphinx-multitoc-numbering \
	sphinx-mathjax-offline pyyaml numpy pandas jupytext jupyter-cache

setup: $(READY)  ## set up .venv and nothing else

release: check-version book  ## make the files of a release in _build/release
	$(BIN)/python tools/export_notebooks.py --check
	$(BIN)/python tools/release.py

publish:  ## make a release on GitHub of what `make release` made; TAG names the tag, gh must be signed in
	gh release create "$$TAG" --verify-tag --title "$$TAG" --notes-file _build/release-notes.md _build/release/*

check-version: $(READY)
	$(BIN)/python tools/release.py --check

links: book  ## ask whether the pages that the book points at are still there
	$(BIN)/python tools/links.py $(HTML)

check-newest:  ## run every notebook with the newest TensorFlow and Keras, in .venv-newest
	rm -rf build && $(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python -m pip install --quiet --upgrade --upgrade-strategy eager . tensorflow keras $(RUNNERS)
	.venv-newest/bin/python -m pip list | grep -iE '^(tensorflow|keras|numpy) '
	$(subst $(BIN)/,.venv-newest/bin/,$(RUN_NOTEBOOKS)) -n $(WORKERS) $(NOTEBOOKS)

check-colab:  ## run every notebook with the versions that Colab has, in .venv-colab
	rm -rf build && $(COLAB_PYTHON) -m venv --clear .venv-colab
	.venv-colab/bin/python tools/colab.py "$(COLAB_FREEZE)" > .venv-colab/constraints.txt
	.venv-colab/bin/python -m pip install --quiet -c .venv-colab/constraints.txt . $(RUNNERS)
	.venv-colab/bin/python -m pip list | grep -iE '^(tensorflow|keras|numpy) '
	$(subst $(BIN)/,.venv-colab/bin/,$(RUN_NOTEBOOKS)) -n $(WORKERS) $(NOTEBOOKS)

check-instructor: $(READY)  ## run the instructors' edition of every notebook, solutions and all
	$(BIN)/python -m pytest -m slow -n 2 tests/export

check-workflows: $(READY)  ## check what stands in .github against its schemas and for unsafe habits; and what git may run
	$(BIN)/pre-commit validate-config
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	$(BIN)/zizmor --offline --quiet .github

smoke: $(READY)  ## build the book with the newest Sphinx and without Jupyter Book; nothing is executed
	$(SMOKE_PYTHON) -m venv --clear .venv-smoke
	.venv-smoke/bin/python -m pip install --quiet --upgrade $(SMOKE)
	$(BIN)/jupyter-book config sphinx .
	.venv-smoke/bin/python tools/smoke.py conf.py

.PHONY: check-public
check-public: $(READY)  ## run every notebook on the public downloads, which a server on this computer plays
	$(BIN)/python -m tests.public_originals --run

.PHONY: drawings
drawings: $(READY)  ## draw the still pictures
	$(BIN)/python -m tools.draw

# --- the book on paper and on an e-reader ------------------------------------

.PHONY: pdf epub
pdf: $(READY) book  ## print the book to _build/pdf/rnn-unrolled.pdf: needs Chromium, a minute
	$(BIN)/python -m tools.paper.pdf

epub: $(BOOK_READY)  ## pack the book for e-readers in _build/epub/rnn-unrolled.epub
	$(BIN)/python -m tools.paper.epub
