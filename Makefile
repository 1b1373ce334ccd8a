# make book FORCE=leicestershire   set up and render a force's book
# make test                        set up and run every test
# make site                        set up and render the books of all forces with a front page
# make bench                       measure speed and memory against the naive way (ten minutes)
# make serve FORCE=leicestershire  render and open a local web server
# make trials                     every seeded trial: kills, two runs at once, hostile files (an hour)
# make distributed                 set up what several machines or an object store need
# make lab                         open the chapters in JupyterLab
# make clean                       remove what was built, keep the environment

FORCE ?= leicestershire
# as one word of the shell, whatever is in it
FORCE_WORD = '$(subst ','\'',$(FORCE))'
PORT ?= 8000
BASE_URL ?=
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DISTRIBUTED := $(VENV)/.distributed

export PYTHONHASHSEED := 0

.PHONY: notebooks book site test trials lint bench serve clean lock setup distributed lab

book: $(READY)
	$(BIN)/peelbook render $(FORCE_WORD)

test: $(DISTRIBUTED) lint
	$(BIN)/python -m pytest

trials: $(READY)
	PEELBOOK_TRIALS=all $(BIN)/python -m pytest -m trials -rP tests/trials

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/codespell -D - -D british.codespell.txt peelbook/narrative chapters methodology data/findings frameworks README.md

# The parameters cell of every notebook, from the one definition of the parameters
notebooks: $(READY)
	$(BIN)/python -m peelbook.render.parameter_cells

site: $(READY)
	$(BIN)/peelbook site --base-url "$(BASE_URL)"

bench: $(READY)
	$(BIN)/python -m benchmarks.bench

serve: book
	@echo "Open http://localhost:$(PORT)/ (stop with Ctrl+C)"
	$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/books/$(FORCE)

setup: $(READY)

distributed: $(DISTRIBUTED)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; set PYTHON=, for example: make book PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q peelbook
	@touch $@

# On top, and only for those who need it and for the tests
$(DISTRIBUTED): requirements-distributed.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile --require-hashes -r requirements-distributed.lock
	@touch $@

lab: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-lab.txt
	$(BIN)/jupyter lab chapters/1_preventing_crime.ipynb

# Renews both locks, the second so that it agrees with the first (needs uv)
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --quiet
lock:
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) requirements-distributed.txt -c requirements.lock -o requirements-distributed.lock

clean:
	rm -rf _build
