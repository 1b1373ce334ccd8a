# make book FORCE=leicestershire   set up and render a force's book
# make test                        set up, check the style and run the tests
# make slow                        the tests that take minutes more, which CI runs as well
# make site                        set up and render the books of all forces with a front page
# make bench                       measure speed and memory against the naive way (ten minutes)
# make serve FORCE=leicestershire  render and open a local web server
# make trials                     every seeded trial: kills, two runs at once, hostile files (an hour)
# make sbom                        list the packages with their hashes as CycloneDX (_build/sbom.json)
# make audit                       look them up among known vulnerabilities (needs a network)
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
AUDIT := .venv-audit

# as many processes as processors; the tests of a file share what is costly to make
AT_ONCE := -n logical --dist loadfile

export PYTHONHASHSEED := 0

.PHONY: notebooks book site test slow trials sbom audit lint bench serve clean lock setup distributed lab

book: $(READY)
	$(BIN)/peelbook render $(FORCE_WORD)

test: $(DISTRIBUTED) lint
	$(BIN)/python -m pytest $(AT_ONCE)

slow: $(DISTRIBUTED)
	$(BIN)/python -m pytest $(AT_ONCE) -m slow

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

# From the locks, not from what is installed, so that the list is the same on every machine
sbom: $(AUDIT)/.ready
	mkdir -p _build
	$(AUDIT)/bin/cyclonedx-py requirements requirements.lock --output-reproducible \
	  --output-format JSON --output-file _build/sbom.json

audit: $(AUDIT)/.ready
	$(AUDIT)/bin/pip-audit --require-hashes --disable-pip -r requirements.lock
	$(AUDIT)/bin/pip-audit --require-hashes --disable-pip -r requirements-distributed.lock

$(AUDIT)/.ready: requirements-audit.lock
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

lab: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-lab.txt
	$(BIN)/jupyter lab chapters/1_preventing_crime.ipynb

# Renews the locks, the second so that it agrees with the first (needs uv)
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --quiet
lock:
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) requirements-distributed.txt -c requirements.lock -o requirements-distributed.lock
	$(LOCK) requirements-audit.txt -o requirements-audit.lock

clean:
	rm -rf _build
