# Two commands matter: `make demo` and `make test`. Each sets up what it needs on a machine with Python 3.11.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 3
LONG_WORKERS ?= 2

# Where this is set, each process that a test starts would compile the whole bot anew.
export PYTHONDONTWRITEBYTECODE :=

# The tests' databases lie in memory where there is room for them: at every commit they would wait for the disk.
export PYTEST_DEBUG_TEMPROOT ?= $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 1000000 { print "/dev/shm" }')

.PHONY: demo test test-long check bench features transcripts lock browser faketime clean

demo: $(VENV)/ready
	$(BIN)/python -m bot demo

test: $(VENV)/ready browser faketime
	$(BIN)/pytest -m "not slow" -n $(WORKERS) --dist worksteal

# What measures time or memory runs alone and on the disk, once all that only counts has run side by side.
test-long: $(VENV)/ready browser faketime
	$(BIN)/pytest -m "slow and not alone" -n $(LONG_WORKERS) --dist worksteal
	PYTEST_DEBUG_TEMPROOT= $(BIN)/pytest -m "slow and alone"

check: $(VENV)/ready
	$(BIN)/ruff check bot tests migrations
	$(BIN)/ruff format --check bot tests migrations
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/ready
	$(BIN)/python -m tests.bench

features: $(VENV)/ready browser faketime
	$(BIN)/pytest -m "not slow" -n $(WORKERS) --dist worksteal -q --features

transcripts: $(VENV)/ready
	$(BIN)/pytest -q tests/chats -k story --write-transcripts

# Pins every version, for the day a dependency is to move.
lock: $(VENV)/ready
	$(BIN)/pip-compile -q --upgrade --all-extras --allow-unsafe --generate-hashes --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header \
		--output-file requirements.lock pyproject.toml

$(VENV)/ready: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

# The tests of the phones page need a browser; Debian's is installed where there is none and we may.
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || \
		{ test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium chromium-driver; } || \
		{ echo "The page's tests need Chromium: apt-get install chromium chromium-driver" >&2; exit 1; }

# The tests of wrong clocks run the bot under libfaketime; Debian's likewise.
faketime:
	@ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || \
		{ test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq faketime; } || \
		{ echo "The tests of wrong clocks need libfaketime: apt-get install faketime" >&2; exit 1; }

clean:
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .hypothesis
