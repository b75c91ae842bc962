# Footnote: `make run` serves it, `make test` proves it. Everything lives in .venv, made from pyproject.toml and
# requirements.lock on first use.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
TESTS ?= tests

.PHONY: run setup test check bench clean

run: setup
	@exec $(BIN)/footnote serve

setup: $(STAMPS)/run

test: $(STAMPS)/test
	@$(BIN)/python -m tests.e2e.chromium
	$(BIN)/python -m pytest -n 3 --dist loadgroup $(TESTS)

check: $(STAMPS)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py tests/test_code.py

bench: $(STAMPS)/test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[bench]"
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || \
		{ echo "Footnote needs Python 3.11, 3.12 or 3.13: install one, or name it: make PYTHON=/path/to/python3.11 run" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) (once; a few minutes for the packages) …"
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/run: pyproject.toml requirements.lock | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e . || \
		{ echo "The packages could not be installed; the lines above say why. Run make again when that is mended." >&2; exit 1; }
	@$(BIN)/footnote warm || true
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: $(STAMPS)/run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[test,check]" || \
		{ echo "The test packages could not be installed; the lines above say why." >&2; exit 1; }
	@touch $@
