# The front door. Every target sets itself up: a bare machine needs Python >= 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help demo test serve bench docs check lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: $(RUN) ## records -> footprint -> passport -> service -> page -> verify -> score, on the lychee example
	@$(BIN)/python examples/lychee/demo.py

test: $(DEV) ## the whole test suite, doctests and documentation snippets included
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(DEV) ## lint, types, import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

serve: $(RUN) ## leave the label service running on http://127.0.0.1:8000 (Ctrl-C stops it)
	@$(BIN)/footprint serve --sample

bench: $(DEV) ## benchmarks, each beside its peer in the same run
	@$(BIN)/python -m benchmarks $(if $(PEERS),--peers $(PEERS))

docs: $(DEV) ## the documentation site, in site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

lock: ## renew requirements/*.txt from pyproject.toml (maintainers; needs uv)
	@sh requirements/lock.sh

clean: ## remove what the targets made
	@rm -rf $(VENV) site examples/lychee/out

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ": set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (once, a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) && touch $@

$(RUN): $(VENV)/.created requirements/run.txt pyproject.toml
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo "Adding the development tools (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
