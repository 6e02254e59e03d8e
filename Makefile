# The commands of README and CONTRIBUTING. Everything is installed into $(VENV), nothing elsewhere.
VENV ?= .venv
PYTHON ?= python3
BIN := $(abspath $(VENV))/bin
export PATH := $(BIN):$(PATH)
SOURCES := $(shell find orchestrator runtime_c bindings library targets pyproject.toml meson.build -type f \
             -not -path '*/__pycache__/*' -not -path '*/_build/*')

.PHONY: hello test test-setup check format bench packages fuzz connections rehearse clean

hello: $(VENV)/installed
	$(BIN)/mirage-py -C examples/tutorial/hello run -t spt

# ARGS are for pytest: make test ARGS="-k dhcp". Most tests use one processor, so two run beside each
# other. Those of a file share what they set up; files come in their order, those of images first.
test: test-setup $(VENV)/tested
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/checked
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/cython-lint bindings
	$(BIN)/clang-format --dry-run --Werror $$(git ls-files '*.c' '*.h')
	$(BIN)/codespell $$(git ls-files '*.md' '*.py' '*.pyx' '*.c' '*.h' '*.toml' ':!tests')

format: $(VENV)/checked
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/clang-format -i $$(git ls-files '*.c' '*.h')

# Of packages and native modules alone: make bench PARTS="native packages".
PARTS ?= bench network tap http native packages storage
bench: test-setup $(VENV)/tested
	set -e; for part in $(PARTS); do $(BIN)/python -m tests.bench.$$part; done

# The thirty packages of docs/packages.md: which build and print what CPython prints.
packages: $(VENV)/tested
	$(BIN)/python -m tests.packages.run

# Mutated traffic, thrown at an image with sanitizers until something breaks.
fuzz: $(VENV)/tested
	$(BIN)/python -m tests.fuzz.run

# A million connections to one image, after which its memory is where it was: ten minutes or so.
connections: $(VENV)/tested
	MIRAGE_PY_TEST_CONNECTIONS=1000000 $(BIN)/pytest tests/boot/test_net_hostile.py -k one_after

# The first command of README on a machine that has only what README asks for.
rehearse:
	tests/rehearse

clean:
	rm -rf $(VENV) build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python $(SOURCES)
	$(BIN)/pip install --quiet .
	touch $@

# The packages come first: without a C library there is nothing to install.
test-setup:
	tests/setup

$(VENV)/tested: $(VENV)/bin/python $(SOURCES)
	$(BIN)/pip install --quiet '.[test]'
	touch $(VENV)/installed $@

$(VENV)/checked: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet '.[test,check]'
	touch $@
