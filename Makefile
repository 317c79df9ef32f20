# Two commands matter: `make run` and `make test`. Each does all its set-up by itself on a machine with
# Python 3.11 or newer, make and a package index; a second run finds the stamps and starts at once.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= 2
CASE ?= april-2025
OUT := out

# Solvers are timed and compared with one thread each; the test workers are the parallelism.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help
help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# ---- set-up ---------------------------------------------------------------------------------------------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "xenotime needs Python 3.11 or newer; found $$($(PYTHON) --version 2>&1). Set PYTHON=..." >&2; exit 1; }
	@echo "making the environment $(VENV) with $$($(PYTHON) --version)"
	$(PYTHON) -m venv $(VENV)

# A lock is complete and hashed, so nothing is resolved here and nothing unknown can come in. Most modules are
# never imported, so compiling them all would take longer than everything else.
$(VENV)/.%.stamp: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing requirements/$*.txt"
	$(PIP) install --no-compile --require-hashes --no-deps -r requirements/$*.txt
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

.PHONY: chromium
chromium:
	@if command -v chromium chromium-browser google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing chromium for tests/browser"; \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null; \
	else echo "no chromium here, and not root with apt-get: tests/browser will fail until one is installed" >&2; fi

# ---- what people run ------------------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/.run.stamp  ## set up, then the main question: the export control of April 2025
	@mkdir -p $(OUT)
	$(BIN)/xenotime run $(CASE) --out $(OUT)/$(CASE) --report $(OUT)/$(CASE).html --json $(OUT)/$(CASE).json
	@echo
	@echo "report  $(OUT)/$(CASE).html   one file, opens in a browser without a network"
	@echo "data    $(OUT)/$(CASE).json   every number of the report, with units"
	@echo "browser make serve   the same and more in a browser, on this machine alone"
	@echo "next    $(BIN)/xenotime explain $(OUT)/$(CASE) --material Dy_oxide --region DEU --month 2025-07"

.PHONY: serve
serve: $(VENV)/.run.stamp  ## set up, then the workbench in a browser, on this machine alone
	$(BIN)/xenotime serve

.PHONY: lint style types contract
lint: style types contract  ## style, types and the import contract (`make -k lint` shows the faults of all three)
style: $(VENV)/.test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --output-format concise .
types: $(VENV)/.test.stamp
	$(BIN)/mypy
contract: $(VENV)/.test.stamp
	$(BIN)/lint-imports

.PHONY: test
test: lint chromium  ## set up, then lint and every test but the slow ones
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow"

.PHONY: test-all
test-all: lint chromium  ## everything, with many more generated examples
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

.PHONY: docs
docs: $(VENV)/.test.stamp  ## write the generated pages, then build the site in out/docs (opens without a network)
	$(BIN)/python docs/generate_start.py
	$(BIN)/python -m xenotime.facts.package --doc docs/facts.md
	$(BIN)/python docs/generate_ledger.py
	$(BIN)/python docs/generate_reader.py
	$(BIN)/python docs/generate_reference.py
	$(BIN)/python docs/build_site.py $(OUT)/docs

.PHONY: notebooks
notebooks: $(VENV)/.test.stamp  ## run the three lessons; out/notebooks has them as .ipynb and as HTML
	$(BIN)/python docs/build_notebooks.py $(OUT)/notebooks

.PHONY: bench
bench: $(VENV)/.bench.stamp  ## the same problems here and in rival solvers; writes benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

.PHONY: lock
lock: $(VENV)/bin/python  ## renew requirements/*.txt (needs uv)
	$(BIN)/python requirements/lock.py

.PHONY: clean
clean:  ## remove the environment, caches and results
	rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
