# Two commands do everything: `make demo` serves the portal, `make test` runs its tests.
# Each step is done again only when what it is made from has changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDARY:

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT

.PHONY: help demo test test-fast test-postgres test-browser check bench messages setup setup-tests clean

help:
	@echo "make demo       set up, load the fictional city, serve on http://127.0.0.1:$(PORT)/"
	@echo "make test       set up and run every test: SQLite, PostgreSQL, Redis, browser"
	@echo "make test-fast  the inner loop: what needs no server and no browser"
	@echo "make check      style, types, layers, migrations, deployment, translations"
	@echo "make bench      measure ratios in one run, write benchmarks/results.json"
	@echo "make messages   bring locale/ up to date with the source"
	@echo "make clean      remove what set-up made; the data under var/ stay"

# -- set-up -----------------------------------------------------------------------------
ASSETS := static/vendor/manifest.json
FONTS := var/fonts/fonts.conf
COLLECTED := var/static/staticfiles.json
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
PAGES := $(shell find static/css static/js -type f)
PIP := -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all:

setup: .venv/portal.done $(FONTS) $(MESSAGES) $(COLLECTED)
setup-tests: setup .venv/tests.done var/stamps/system-tests

var/stamps/system-%: setup/packages-%.txt setup/system.py
	@mkdir -p $(@D)
	@$(PYTHON) setup/system.py $*
	@touch $@

$(BIN)/python: | var/stamps/system-runtime
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv

.venv/portal.done: requirements.txt | $(BIN)/python
	@echo "Installing Python packages"
	@$(BIN)/python $(PIP) -r $<
	@touch $@

.venv/tests.done: requirements-dev.txt .venv/portal.done
	@echo "Installing Python packages of the tests"
	@$(BIN)/python $(PIP) -r $<
	@touch $@

$(ASSETS): assets/package-lock.json assets/requirements.txt assets/vendor.py setup/assets.sh | $(BIN)/python
	@echo "Fetching browser assets"
	@setup/assets.sh
	@touch $@

$(FONTS): setup/fonts.sha256 setup/fonts.conf setup/fonts.py | var/stamps/system-runtime
	@$(PYTHON) setup/fonts.py var/fonts
	@touch $@

%.mo: %.po | var/stamps/system-runtime
	@msgfmt --check-format -o $@ $<

$(COLLECTED): $(PAGES) $(ASSETS) .venv/portal.done
	@echo "Collecting and compressing what pages load"
	@PORTAL_MODE=embedded $(BIN)/python manage.py collectstatic --noinput --verbosity 0 \
	  --ignore rest_framework --ignore guardian
	@touch $@

# -- commands ---------------------------------------------------------------------------
demo: setup
	@$(BIN)/python setup/demo.py

test: setup-tests
	@setup/tests.sh

test-fast: setup-tests
	@$(BIN)/python -m pytest -m "not postgres and not redis and not browser"

test-postgres: setup-tests
	@setup/tests.sh postgres redis

test-browser: setup-tests
	@setup/tests.sh browser

check: setup-tests
	@setup/check.sh

bench: setup-tests
	@$(BIN)/python -m benchmarks

messages: setup-tests
	@$(BIN)/python setup/messages.py --write

clean:
	rm -rf .venv static/vendor assets/node_modules var/stamps var/static var/broken \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find locale -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
