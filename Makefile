# Two commands do everything on a fresh machine with Python 3.11 or later:
#
#   make graph    install, build the graph of corpus/ into output/
#   make test     install what tests need; run linter, type checker and all tests

VENV := .venv
BIN := $(VENV)/bin
# The first Python that is new enough, whatever it is called.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
INPUT ?= corpus
OUTPUT ?= output
SCRIPTS := src/kg/page/assets src/kg/server/assets

.PHONY: graph test lint types unit browser bench clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

graph: $(VENV)/.installed
	$(BIN)/kg build $(INPUT) -o $(OUTPUT)

test: lint types unit

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@if test -x $(BIN)/oxlint; then echo "$(BIN)/oxlint $(SCRIPTS)"; $(BIN)/oxlint $(SCRIPTS); \
	else echo "SKIPPED: the linter of the page scripts; oxlint has no wheel for this machine"; fi

# The Python with mypy, the page scripts with TypeScript where npm brings it.
types: $(VENV)/.installed-test
	$(BIN)/mypy
	$(BIN)/python tests/page_scripts.py

unit: $(VENV)/.installed-test browser
	$(BIN)/pytest -n auto --dist loadfile

# The pages are tested in a real browser: Debian's, where there is none yet and we may install it.
browser: $(VENV)/.installed-test
	@$(BIN)/python tests/browsers.py

bench: $(VENV)/.installed-test
	$(BIN)/python benchmarks/bench_extract.py

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "This Python cannot make a virtual environment: install its venv module (Debian: apt-get install python3-venv)" >&2; exit 2; }

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[fast]"
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
