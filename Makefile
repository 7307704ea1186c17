# make demo · make test · make check · make eval — all of them make .venv first and install what they need.
# A CPU-only torch on Linux: make demo TORCH_INDEX=<the address that pytorch.org shows for Pip and CPU>

PYTHON ?= python3
VENV ?= .venv
DEMO_DATA ?= data
TORCH_INDEX ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := $(shell sed -n 's/^\(torch==.*\)/\1/p' constraints.txt)

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint types contracts gate eval clean

help:
	@echo "make demo    install, read the starter briefs in, ask one question about them"
	@echo "make test    install what the tests need and run them"
	@echo "make check   lint, types, import contracts, tests and the evaluation gate"
	@echo "make eval    how well procedure is read; writes docs/reading.md"

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; name another with: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.torch: $(VENV)/.made constraints.txt
	$(PIP) install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) "$(TORCH)"
	touch $@

$(VENV)/.installed: $(VENV)/.torch pyproject.toml
	$(PIP) install --quiet -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --quiet -c constraints.txt -e '.[dev]'
	touch $@

install: $(VENV)/.installed

demo: $(VENV)/.installed
	@echo "Reading the starter briefs into $(DEMO_DATA)/ ..."
	@$(BIN)/python -m ingest add --starter --data $(DEMO_DATA)
	@echo
	@echo '$$ python -m bot ask "Was Michael Lacey convicted of sex trafficking?"'
	@echo
	@$(BIN)/python -m bot ask --data $(DEMO_DATA) "Was Michael Lacey convicted of sex trafficking?"
	@echo
	@echo "What next:"
	@echo "  your own question    $(BIN)/python -m bot ask --data $(DEMO_DATA) \"What sentence did Pavel Durov get?\""
	@echo "  your own documents   $(BIN)/python -m ingest add --data $(DEMO_DATA) article.html report.pdf folder/"
	@echo "  what is in it        $(BIN)/python -m ingest list --data $(DEMO_DATA)"
	@echo "  for good             cp .env.example .env, set KNOWLEDGE_DIR there (and DISCORD_TOKEN for the Discord"
	@echo "                       client, which is not built yet), then: $(BIN)/python -m bot doctor"

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

gate: $(VENV)/.installed-dev
	$(BIN)/python -m tests.eval.gate

eval: gate
	$(BIN)/python -m tests.eval.page

check: lint types contracts test gate

clean:
	rm -rf $(VENV) $(DEMO_DATA) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
