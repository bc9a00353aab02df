# Everything a person or a machine asks of this repository. `make test` is the whole proof.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE := src tests $(wildcard benchmarks examples fuzz)
# Tests run on all cores; `make test WORKERS=0` runs them in one process, for a debugger. A worker has
# a core to itself: threads of its libraries would only stand in each other's way. The tests of a
# file stay together, since they share editions and sites that take longer to make than to test.
WORKERS ?= auto
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile
PINS := build core dev bench spark-build spark

.DEFAULT_GOAL := all
.PHONY: all .venv demo test test-fast test-spark fmt fmt-check lint types contracts spelling \
	coverage bench validity fuzz docs pins system-packages clean

all: fmt test

# Stamps: the environment is made again when its pins change, the package when its metadata does.
$(VENV)/core.stamp: requirements/build.txt requirements/core.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tolok needs Python 3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes -r requirements/build.txt -r requirements/core.txt
	touch $@

$(VENV)/package.stamp: $(VENV)/core.stamp pyproject.toml
	$(PIP) install --no-build-isolation --no-deps --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/package.stamp requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

# PySpark comes as source: what builds it is pinned too.
$(VENV)/spark.stamp: $(VENV)/dev.stamp requirements/spark-build.txt requirements/spark.txt
	$(PIP) install --require-hashes -r requirements/spark-build.txt
	$(PIP) install --require-hashes --no-build-isolation -r requirements/spark.txt
	touch $@

$(VENV)/bench.stamp: $(VENV)/dev.stamp requirements/bench.txt
	$(PIP) install --require-hashes -r requirements/bench.txt
	touch $@

.venv: $(VENV)/dev.stamp

demo: $(VENV)/package.stamp
	rm -rf build/demo
	$(BIN)/tolok demo build/demo
	$(BIN)/tolok verify build/demo/site
	@echo 'Open file://$(CURDIR)/build/demo/site/index.html'

test: $(VENV)/spark.stamp system-packages fmt-check lint types contracts spelling
	$(PYTEST)

# The whole demo on both engines: a quarter of an hour, so it has a target of its own.
test-spark: $(VENV)/spark.stamp system-packages
	$(PYTEST) tests/conformance/test_engines.py tests/conformance/test_demo_on_spark.py -m ''

# What a person runs at every step: no browser, no whole edition or site, no hundred stores.
SLOW := tests/unit/pipeline tests/unit/sources tests/unit/publish/test_pages.py \
  tests/unit/publish/test_site.py tests/unit/publish/test_jury_pages.py \
  tests/unit/publish/documents \
  tests/unit/publish/test_archive_pages.py tests/unit/publish/press \
  tests/properties/test_ingest_properties.py tests/properties/test_form_properties.py \
  tests/properties/test_explain_properties.py tests/properties/test_composite_properties.py \
  tests/properties/test_activity_properties.py tests/properties/test_jury_machine.py \
  tests/properties/test_doubt_properties.py tests/unit/scoring/test_flip.py \
  tests/properties/test_scoring_properties.py tests/properties/test_jury_properties.py \
  tests/unit/test_docs.py tests/unit/test_contracts.py tests/unit/test_validity.py \
  tests/unit/metrics/test_deletion.py tests/unit/metrics/test_resolve_credit.py \
  tests/unit/publish/packs tests/unit/publish/test_explained.py \
  tests/unit/publish/test_downloads.py tests/unit/publish/test_corrections.py

test-fast: $(VENV)/dev.stamp
	$(PYTEST) src tests/unit $(wildcard tests/properties) $(addprefix --ignore=,$(SLOW))

fmt: $(VENV)/dev.stamp
	$(BIN)/ruff format --quiet $(CODE)
	$(BIN)/ruff check --quiet --fix-only $(CODE)

fmt-check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check $(CODE)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check $(CODE)

types: $(VENV)/dev.stamp
	$(BIN)/mypy $(CODE)

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports --no-logo

spelling: $(VENV)/dev.stamp
	$(BIN)/typos

coverage: $(VENV)/dev.stamp
	$(PYTEST) --cov src tests/unit $(wildcard tests/properties tests/traps tests/published)

# The whole road beside its rivals; docs/benchmarks.md and benchmarks/history.ndjson are written.
# ROWS are millions: `make bench ROWS="0.9 9" JOBS="import metrics"`. 90 takes hours and 60 GB. Spark
# is measured where it is installed, as `make test` does.
ROWS ?= 0.9 9 90
JOBS ?=

bench: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks scale $(JOBS) --rows $(ROWS) --write-docs docs/benchmarks.md

# Simulated editions and juries whose best are known; a quarter of an hour, and the same pages for
# the same code.
validity: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.validity docs/validity.md
	$(BIN)/python -m benchmarks.jury_validity docs/jury-validity.md

# Hours of bad luck in minutes: seeded, and longer than a test may take.
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.kill 100
	$(BIN)/python -m fuzz --files 10000

# Every Python block of the documentation runs.
docs: $(VENV)/dev.stamp
	$(PYTEST) README.md $(wildcard docs)

# Renews the pinned requirements from the *.in files, from the public registry alone: the person's
# own pip settings must not leave their mark. Extras stay in the pins: without them an old pip takes
# a name with an extra for another one, unpinned, as soon as a newer version is out. Adding a name
# keeps the other pins; to renew all of them, remove the *.txt files first.
pins: $(VENV)/dev.stamp
	cd requirements && for name in $(PINS); do \
	  PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= ../$(BIN)/pip-compile --quiet --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
	    --no-strip-extras --allow-unsafe --output-file $$name.txt $$name.in || exit 1; \
	done

system-packages:
	scripts/system-packages

clean:
	rm -rf $(VENV) build dist htmlcov .coverage .hypothesis .import_linter_cache .mypy_cache \
	  .pytest_cache .ruff_cache
