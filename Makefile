# Smart operations centre of Mộc Châu. Two commands: `make up` runs it, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup setup-test up test check lint types imports lock schemas clean

help:            ## show the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: .venv/.runtime  ## set up everything that needs no running service

setup-test: .venv/.dev ## set up what the tests need besides
	@$(BIN)/python -m tests.setup

up: setup        ## set up everything and run the main job; UP="--port 9000" hands options to `ioc up`
	@$(BIN)/ioc up $(UP)

test: setup-test ## set up and run all tests; what .ci/run calls
	$(MAKE) check
	$(BIN)/pytest || { test $$? -eq 1 && $(BIN)/python -m tests.again; }  # 1: it ran to its end, and tests failed

check: .venv/.dev lint types imports ## style, types and the direction of imports

lint: ; $(BIN)/ruff check . && $(BIN)/ruff format --check .
types: ; $(BIN)/mypy
imports: ; $(BIN)/lint-imports

schemas: .venv/.dev ## write the JSON Schemas of the events anew
	@$(BIN)/python -m ingest.contracts.schemas

lock:            ## renew the lock files (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 -q pyproject.toml -o lock/runtime.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 -q --extra dev -c lock/runtime.txt pyproject.toml -o lock/dev.txt

.venv/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; where it is not python3: make PYTHON=python3.12 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'Python without venv: on Debian and Ubuntu, apt-get install python3-venv' >&2; exit 1; }
	@echo 'setting up .venv: about a minute, once' >&2
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: .venv/.venv lock/runtime.txt pyproject.toml
	@$(PIP) --require-hashes -r lock/runtime.txt -r lock/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime lock/dev.txt
	@$(PIP) --require-hashes -r lock/dev.txt
	@touch $@

clean:           ## remove the virtual environment and caches (never the data in .ioc)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache build
