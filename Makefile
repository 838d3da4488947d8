# `make demo` and `make test` set everything up in a virtual environment of their own; nothing else is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# A lock is complete and is taken as it stands: nothing is resolved, and nothing is built that could ask for more.
LOCKED := $(PIP) install --no-deps --require-hashes --only-binary :all: -r
WHOLE := @found=$$($(BIN)/python -m pip check) || { echo "$$found"; exit 1; }
OUT := out
WORKERS := 2

.PHONY: help demo serve test spark check format lint types layers docs lock quality speed clean
help:
	@echo "make demo     set up, and trace the example report to its source (writes $(OUT)/demo.html)"
	@echo "make serve    set up, and open the desk with the example story (SERVE='--port 8018 --open')"
	@echo "make test     set up, and run the tests (TESTS=tests/golden: some; WORKERS=8: more at once)"
	@echo "make spark    set up for the tests of Spark too (pyspark, 500 MB)"
	@echo "make check    format, lint, types, layers and docs"
	@echo "make quality  figures on the corpora beside the checkout"
	@echo "make speed    how long things take"
	@echo "make lock     write the locks anew, keeping versions where it can (UPGRADE=--upgrade: the newest)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quoth needs Python 3.11 or newer; set PYTHON=")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV), once: 265 MB of packages, about a minute ..."
	@$(LOCKED) requirements/base.lock
	@$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	$(WHOLE)
	@$(BIN)/python -m compileall -q src # once for all, also where Python is told to keep no bytecode
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.lock
	@echo "Adding what the tests and checks need, once ..."
	@$(LOCKED) requirements/dev.lock
	$(WHOLE)
	@touch $@

$(VENV)/.spark: $(VENV)/.dev requirements/spark.lock
	@echo "Adding pyspark, once: 500 MB ..."
	@$(PIP) install --no-deps --require-hashes --no-build-isolation --use-pep517 -r requirements/spark.lock
	$(WHOLE)
	@touch $@

demo: $(VENV)/.base
	@BIN=$(BIN) OUT=$(OUT) sh examples/demo.sh

$(VENV)/.desk: $(VENV)/.base requirements/desk.lock
	@echo "Adding what the desk needs, once ..."
	@$(LOCKED) requirements/desk.lock
	$(WHOLE)
	@touch $@

serve: $(VENV)/.desk
	@$(BIN)/quoth serve --example $(SERVE)

test: $(VENV)/.dev
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --cov --cov-report=term:skip-covered $(TESTS)

spark: $(VENV)/.spark

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

UV := $(VENV)/locking/bin/uv
$(UV): requirements/locking.lock | $(BIN)/python
	@$(LOCKED) requirements/locking.lock --upgrade --target $(VENV)/locking
	@touch $@

COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE)
lock: $(UV)
	$(COMPILE) -o requirements/base.lock pyproject.toml requirements/build.in
	$(COMPILE) -o requirements/dev.lock -c requirements/base.lock pyproject.toml requirements/build.in requirements/dev.in
	$(COMPILE) -o requirements/desk.lock -c requirements/dev.lock requirements/desk.in
	$(COMPILE) -o requirements/spark.lock -c requirements/dev.lock requirements/spark.in
	$(COMPILE) -o requirements/locking.lock requirements/locking.in

clean:
	rm -rf $(VENV) $(OUT) .mypy_cache .pytest_cache .ruff_cache
