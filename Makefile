# Everything a newcomer types. Needs Python 3.11 or newer, make and git; the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test lint check bench chaos screenshots

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Alur needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python comes without ensurepip. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

install: $(STAMP)  ## the .venv alone

demo: $(STAMP)  ## the bot and six phones on one page, on a simulated Telegram; Ctrl-C ends it
	@$(BIN)/alur demo

test: $(STAMP)  ## the tests, on all cores; says clearly what it leaves out on this machine
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(PYTEST)

lint: $(STAMP)  ## format, rules, types, and the one direction of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test  ## all that must hold before a commit

bench: $(STAMP)  ## speed and memory, as ratios measured in one run; PART=years for one of its parts
	@PYTHONPATH=. $(BIN)/python tests/bench $(PART)

screenshots: $(STAMP)  ## a picture of every kind of screen, under docs/screens
	@PYTHONPATH=. $(BIN)/python -m tests.screens

chaos: $(STAMP)  ## breaks the real bot for SECONDS=60, by SEED=n, on DATABASE=sqlite or postgresql; says what was lost
	@PYTHONPATH=. $(BIN)/python -m tests.chaos $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(DATABASE),--database $(DATABASE))
