# `make demo` and `make test` set everything up in a virtual environment of their own; nothing else is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT := out

.PHONY: help demo test check format lint types layers docs lock quality speed clean
help:
	@echo "make demo     set up, and trace the example report to its source (writes $(OUT)/demo.html)"
	@echo "make test     set up, and run the tests"
	@echo "make check    format, lint, types, layers and docs"
	@echo "make quality  figures on the corpora beside the checkout"
	@echo "make speed    how long things take"
	@echo "make lock     write the lock files anew"

$(VENV)/.base: requirements/base.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quoth needs Python 3.11 or newer; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/base.lock
	$(PIP) install --no-deps --editable .
	$(BIN)/python -m compileall -q src # once for all, also where Python is told to keep no bytecode
	touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.lock
	$(PIP) install --require-hashes -r requirements/dev.lock
	touch $@

demo: $(VENV)/.base
	@BIN=$(BIN) OUT=$(OUT) sh examples/demo.sh

test: $(VENV)/.dev
	$(BIN)/pytest --cov --cov-report=term:skip-covered

check: format lint types layers docs

format: $(VENV)/.dev
	$(BIN)/ruff format --check .
lint: $(VENV)/.dev
	$(BIN)/ruff check .
types: $(VENV)/.dev
	$(BIN)/mypy
layers: $(VENV)/.dev
	$(BIN)/lint-imports
docs: $(VENV)/.dev
	$(BIN)/python docs/make_python.py --check
	$(BIN)/mkdocs build --strict --quiet --site-dir $(OUT)/site

quality: $(VENV)/.dev
	$(BIN)/python benchmarks/quality/run.py
speed: $(VENV)/.dev
	$(BIN)/python benchmarks/speed/run.py

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --no-emit-options
lock: $(VENV)/.dev
	$(COMPILE) -o requirements/base.lock pyproject.toml
	$(COMPILE) -o requirements/dev.lock requirements/dev.in

clean:
	rm -rf $(VENV) $(OUT) .mypy_cache .pytest_cache .ruff_cache
