# make run     install, migrate, load the starter process, serve on http://127.0.0.1:8000
# make test    the whole check: format, lint, types, import rules, tests on both databases and in a browser
# make evaluate DIR=…   score the built-in reader on a folder of hand-made readings
# make lock    renew the two lock files after a change of pyproject.toml

PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
UV_VERSION := 0.13.9
# Trust what the system trusts: a registry behind a company proxy is signed by its own authority.
export UV_SYSTEM_CERTS := true

.PHONY: run test evaluate lock clean
.DELETE_ON_ERROR:

run: $(ENV)/.installed
	@exec $(BIN)/rapporteur serve

test: $(ENV)/.installed-for-tests
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/pytest

evaluate: $(ENV)/.installed
	$(BIN)/python -m bench.evaluate $(DIR)

lock: $(ENV)/.uv
	$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --universal --python-version 3.11 -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev -c requirements.txt --generate-hashes --universal --python-version 3.11 -o requirements-dev.txt

clean:
	rm -rf $(ENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(ENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Rapporteur needs Python 3.11 or newer; this is $$($(PYTHON) --version 2>&1). Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(ENV) || \
		{ echo "Python cannot make a virtual environment here (on Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || \
		{ echo "The packages could not be fetched: is the network, and the package registry, within reach?"; exit 1; }
	@touch $@

$(ENV)/.installed: requirements.txt pyproject.toml $(ENV)/.uv
	@echo "Installing (the first time this takes a minute)…"
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements.txt || \
		{ echo "The packages could not be fetched: is the network, and the package registry, within reach?"; exit 1; }
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --offline -e .
	@touch $@

$(ENV)/.installed-for-tests: requirements-dev.txt $(ENV)/.installed
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.txt || \
		{ echo "The packages could not be fetched: is the network, and the package registry, within reach?"; exit 1; }
	@touch $@
