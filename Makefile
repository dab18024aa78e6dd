# Everything a newcomer needs: `make demo`, then `make test`.
# uv is used where it is installed, plain venv and pip otherwise; nothing leaves .venv/ and warehouse/.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
DEMO := warehouse/demo
DEMO_ENV := MONITOR_WAREHOUSE=$(DEMO)/monitor.duckdb MONITOR_MODELS=$(DEMO)/models

.PHONY: demo test lint types check clean help audit locked

help:
	@echo "make demo    install, ingest seeds/ and answer a few questions"
	@echo "make test    install and run all tests"
	@echo "make check   lint, types, tests and the demo, as CI does"
	@echo "make clean   remove the environment and the demo's warehouse"

$(VENV)/installed: pyproject.toml
ifdef UV
	uv venv --quiet --allow-existing $(VENV)
	uv pip install --quiet --python $(BIN)/python -e .
else
	$(PYTHON) -c 'import sys; sys.exit("monitor needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
endif
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
ifdef UV
	uv pip install --quiet --python $(BIN)/python -e '.[dev]'
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
endif
	@touch $@

demo: $(VENV)/installed
	@rm -rf $(DEMO)
	$(DEMO_ENV) $(BIN)/monitor models install tests/packages/*.argosmodel
	$(DEMO_ENV) $(BIN)/monitor ingest seeds/
	@for question in languages removed_most outlets; do \
		echo; echo "-- warehouse/analyses/$$question.sql"; \
		$(DEMO_ENV) $(BIN)/monitor sql --file warehouse/analyses/$$question.sql --format markdown || exit 1; \
	done
	@echo; echo "-- monitor search lighthouse"
	@$(DEMO_ENV) $(BIN)/monitor search lighthouse
	@echo
	@echo "Next: $(BIN)/monitor ingest YOUR_FOLDER, then $(BIN)/monitor sql \"select title, language from articles\"."
	@echo "      $(BIN)/monitor explain 001_7db53a709fe0527f.txt --warehouse $(DEMO)/monitor.duckdb shows what cleaning did;"
	@echo "      $(BIN)/monitor show es_presupuesto.txt --warehouse $(DEMO)/monitor.duckdb shows a translation."

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -q -n auto --dist worksteal
	@echo "All tests passed. Next: make demo, or $(BIN)/monitor --help."

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

check: lint types demo test

clean:
	rm -rf $(VENV) $(DEMO)

# What the lock file holds, from a machine that may ask a vulnerability database.
audit: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --requirement requirements.lock --disable-pip --no-deps

# The very versions of requirements.lock, each checked by its hash.
locked:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $(VENV)/installed
