# Smart operations centre of Mộc Châu. Two commands: `make up` runs it, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-test up test check lint types imports lock schemas clean

help:            ## show the targets
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed 's/:.*## /  /'

setup: .venv/.runtime  ## set up everything that needs no running service

setup-test: .venv/.dev ## set up what the tests need besides
	$(BIN)/python -m tests.setup

up: setup        ## set up everything and run the main job
	$(BIN)/ioc up

test: setup-test ## set up and run all tests; what .ci/run calls
	$(MAKE) check
	$(BIN)/pytest

check: .venv/.dev lint types imports ## style, types and the direction of imports

lint: ; $(BIN)/ruff check . && $(BIN)/ruff format --check .
types: ; $(BIN)/mypy
imports: ; $(BIN)/lint-imports

lock:            ## renew the lock files (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 -q pyproject.toml -o lock/runtime.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 -q --extra dev -c lock/runtime.txt pyproject.toml -o lock/dev.txt

.venv/.venv:
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer with venv is needed: on Debian and Ubuntu, apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: .venv/.venv lock/runtime.txt pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r lock/runtime.txt
	$(BIN)/pip install --quiet --require-hashes -r lock/build.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime lock/dev.txt
	$(BIN)/pip install --quiet --require-hashes -r lock/dev.txt
	@touch $@

clean:           ## remove the virtual environment and caches (never the data in .ioc)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache build
