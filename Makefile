# Everything a newcomer types. Needs Python 3.11 or newer, make and git; the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
comma := ,

.DEFAULT_GOAL := help
.PHONY: help install demo test lint check bench chaos screenshots authority

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# What is installed is said before it is waited for; what takes longer says every ten seconds that it goes on. After a failure
# the same command begins again where it stopped.
LIBRARIES := $(shell grep -c '^[a-zA-Z]' requirements.txt)
define waited
	@$(1) & work=$$!; trap 'kill $$work 2>/dev/null; exit 130' INT TERM; spent=0; \
	while kill -0 $$work 2>/dev/null; do \
		sleep 1; spent=$$((spent + 1)); \
		if [ $$((spent % 10)) -eq 0 ] && kill -0 $$work 2>/dev/null; then echo "   … still at it after $$spent s"; fi; \
	done; \
	wait $$work || { echo "$(2)" >&2; exit 1; }
endef

$(STAMP): requirements.txt pyproject.toml
	@echo "Alur is installed into $(VENV), once for all: one to three minutes, with a network."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Alur needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python comes without ensurepip. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "1 of 3: a Python of its own in $(VENV)"
	$(call waited,{ test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); },There is no $(VENV): is the disk full$(comma) or the folder not yours? Then run make again.)
	@echo "2 of 3: $(LIBRARIES) libraries are fetched and put there"
	$(call waited,$(PIP) --require-hashes --requirement requirements.txt,pip has not fetched the libraries (its reason stands above). Is there a network$(comma) or a proxy to name? Then run make again.)
	@echo "3 of 3: Alur itself"
	$(call waited,$(PIP) --no-deps --editable .,pip has not installed Alur itself (its reason stands above). Run make again; if it stays so$(comma) remove $(VENV) first.)
	@touch $@

install: $(STAMP)  ## the .venv alone

demo: $(STAMP)  ## the bot and seven phones on one page, on a simulated Telegram; Ctrl-C ends it
	@$(BIN)/alur demo

test: $(STAMP)  ## the tests, on all cores; says clearly what it leaves out on this machine
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(PYTEST)

lint: $(STAMP)  ## format, rules, types, and the one direction of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test  ## all that must hold before a commit

bench: $(STAMP)  ## speed and memory, as ratios measured in one run; PART=years for a part, RIVALS=1 with others' work, JSON=FILE
	@PYTHONPATH=. JSON=$(JSON) RIVALS=$(RIVALS) PRESSES=$(PRESSES) $(BIN)/python tests/bench $(PART)

screenshots: $(STAMP)  ## a picture of every kind of screen, under docs/screens
	@PYTHONPATH=. $(BIN)/python -m tests.screens

authority: $(STAMP)  ## who may do and read what, asked of the rules: docs/authority.md
	@PYTHONPATH=. $(BIN)/python -m tests.authority

chaos: $(STAMP)  ## breaks the real bot for SECONDS=60, by SEED=n, on DATABASE=sqlite or postgresql; POWER=1: its disk too, 20 times
	@PYTHONPATH=. $(BIN)/python -m tests.chaos $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(DATABASE),--database $(DATABASE)) $(if $(POWER),--power)
