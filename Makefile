# make demo                      see a real page repaired
# make test                      build the wheel, install it, test what is installed
# make lint                      ruff and mypy
# make test-engines              thaifix inside Spark (needs Java), Ray, datatrove, tables, for real
# make coverage                  which lines of the package its tests run
# make bench                     accuracy and speed on corpora/, beside other correctors; the figures
#                                of README.md follow
# make mutants [SEED=… NUMBER=… MUTANTS=--at-risk]
#                                how many small faults of the package its tests find
# make corpora                   typeset, degrade and read the pages of corpora/official-letters
# make model TEXT=… PAIRS=…      build thaifix/model/default.thaifix again
# make cross-validate TEXT=… PAIRS=… CLEAN=…
#                                the same pages, each by a model that did not see its article
# make wheel                     dist/: source distribution, and the wheel built from it
# make wheel-check               the wheel alone, in an environment of its own
# make test-all PYTHONS="…"      make test with each of these interpreters
# make clean                     remove what was built, environments included

PYTHON = python3
VENV = .venv
DIST = dist
SEED = 1
NUMBER = 150
PYTHONS = python3.11 python3.12 python3.13 python3.14

BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
WHEEL = $$(ls $(DIST)/*.whl)
SOURCES = pyproject.toml MANIFEST.in README.md LICENSE $(shell find thaifix lexicons -type f \
	! -path '*/__pycache__/*' ! -name '*.so' ! -name '*.c' ! -name '*.cpp' ! -name '*.new')

.PHONY: demo test test-engines lint coverage mutants bench corpora model cross-validate wheel wheel-check test-all clean
.DELETE_ON_ERROR:

demo: $(VENV)/installed
	@echo 'A page that Tesseract read, and what thaifix changes in it:'
	@$(BIN)/thaifix --diff --stats --flags corpora/demo.txt

test: $(VENV)/test
	$(BIN)/python -Pm pytest -n auto

test-engines: $(VENV)/engines
	PYTHONSAFEPATH=1 $(BIN)/python -m pytest -m engines tests/pipelines

lint: $(VENV)/test $(VENV)/lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

coverage: $(VENV)/test
	@rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/python -Pm coverage run -m pytest -q -n auto
	@$(BIN)/python -Pm coverage combine --quiet
	$(BIN)/python benchmarks covered --uncovered build/coverage/uncovered.txt

mutants: $(VENV)/test
	$(BIN)/python benchmarks mutants --seed $(SEED) --number $(NUMBER) $(MUTANTS)

bench: $(VENV)/bench $(VENV)-peers/ready
	$(BIN)/python benchmarks bench
	$(BIN)/python benchmarks readme

corpora: $(VENV)/corpora
	@corpora/make_letters/install.sh
	$(BIN)/python corpora/make_letters

model: $(VENV)/train
	@test -n "$(TEXT)" -a -n "$(PAIRS)" || \
		{ echo 'make model: give TEXT=correct.txt.xz and PAIRS=pages.jsonl'; exit 2; }
	$(BIN)/thaifix train --text "$(TEXT)" --pairs "$(PAIRS)" --lexicons lexicons \
		--out thaifix/model/default.thaifix

cross-validate: $(VENV)/train
	$(BIN)/python benchmarks cross_validate --text "$(TEXT)" --pairs "$(PAIRS)" \
		--clean $(CLEAN) corpora/clean/*.txt --profile normal strict

wheel: $(DIST)/built

wheel-check: $(DIST)/built
	@rm -rf $(VENV)-wheel
	@$(BIN)/python -m venv $(VENV)-wheel || $(BIN)/python -m virtualenv --quiet $(VENV)-wheel
	@$(VENV)-wheel/bin/python -m pip --disable-pip-version-check --quiet install $(WHEEL)
	$(VENV)-wheel/bin/python -P .ci/wheel_check.py $(WHEEL)

test-all:
	@for python in $(PYTHONS); do \
		command -v "$$python" >/dev/null || { echo "test-all: no $$python, left out"; continue; }; \
		name=$$(basename "$$python"); echo "test-all: $$python"; \
		$(MAKE) test PYTHON="$$python" VENV=".venv-$$name" DIST=".venv-$$name/dist" || exit 1; \
	done

clean:
	rm -rf .venv .venv-* build dist *.egg-info
	rm -rf .coverage .coverage.* htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find thaifix -type f \( -name '*.c' -o -name '*.cpp' -o -name '*.so' -o -name '*.pyd' \) -delete
	find . -name .git -prune -o -name __pycache__ -prune -exec rm -rf {} +

# Stamp files: each step is done again only when what it depends on has changed.

define NEEDS
import os, shlex, shutil, sys, sysconfig
if sys.version_info < (3, 11):
    sys.exit("thaifix needs Python 3.11 or later. Name one: make PYTHON=python3.12")
if not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
    sys.exit("Python.h is missing. Install the headers, on Debian: apt-get install python3-dev")
compiler = shlex.split(os.environ.get("CXX") or sysconfig.get_config_var("CXX") or "c++")[0]
if not shutil.which(compiler):
    sys.exit(f"{compiler} is missing. Install it, on Debian: apt-get install g++")
endef
export NEEDS

$(VENV)/ready:
	@$(PYTHON) -c "$$NEEDS"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); false; } || \
		$(PYTHON) -m virtualenv --quiet $(VENV) 2>/dev/null || { \
		echo 'Cannot make a virtual environment. On Debian: apt-get install python3-venv'; \
		echo 'elsewhere: $(PYTHON) -m pip install virtualenv'; exit 1; }
	@$(PIP) install 'build[virtualenv]' 'pip>=24'
	@touch $@

$(DIST)/built: $(SOURCES) | $(VENV)/ready
	@rm -rf $(DIST)
	@mkdir -p $(DIST)
	@echo 'Building the wheel; this takes two minutes.'
	@$(BIN)/python -Pm build --outdir $(DIST) . >$(DIST)/log 2>&1 || { cat $(DIST)/log; exit 1; }
	@touch $@

$(VENV)/installed: $(DIST)/built | $(VENV)/ready
	@$(PIP) install $(WHEEL)
	@$(PIP) install --force-reinstall --no-deps $(WHEEL)
	@touch $@

$(VENV)-peers/ready: benchmarks/peers/install.py benchmarks/peers/jamspell.py \
		benchmarks/peers/requirements.txt corpora/official-letters/train.jsonl | $(VENV)/ready
	@$(BIN)/python benchmarks peers.install $(VENV)-peers corpora/official-letters/train.jsonl
	@touch $@

$(VENV)/test $(VENV)/lint $(VENV)/bench $(VENV)/corpora $(VENV)/train $(VENV)/engines: $(VENV)/%: $(VENV)/installed
	@$(PIP) install "$(WHEEL)[$*]"
	@touch $@
