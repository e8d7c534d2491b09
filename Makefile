# zhiben: the two commands a newcomer needs are `make run` and `make test`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
PART ?= queries
SCALE ?= county
BIN := .venv/bin
# Whatever touches the database runs once more on DuckDB's next major version.
ON_DUCKDB_2 := tests/queries tests/oracle tests/etl/test_load.py tests/etl/test_publish.py tests/dashboard/test_pages.py

.PHONY: install run check test test-all bench clean lock format sbom audit wheels
.DEFAULT_GOAL := run

install: .venv/installed

run: .venv/installed
	$(BIN)/zhiben run --host $(HOST) --port $(PORT)

check: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar -q queries etl

test: check
	$(BIN)/python tests/prepare.py
	$(BIN)/pytest -n 2

test-all: check .venv/installed-duckdb2 .venv/installed-s3
	$(BIN)/python tests/prepare.py
	ZHIBEN_TEST_ALL=1 $(BIN)/pytest -n 2
	PYTHONPATH=.venv/duckdb2 $(BIN)/pytest -n 2 $(ON_DUCKDB_2)

bench: .venv/installed-test .venv/installed-peers
	$(BIN)/python tests/prepare.py
	$(BIN)/python -m tests.bench --part $(PART) --scale $(SCALE) $(if $(README),--readme)

format: .venv/installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar -q queries etl

# Needs uv; versions already locked stay as they are.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

lock:
	$(LOCK) pyproject.toml --extra build -o requirements.lock
	$(LOCK) pyproject.toml --extra build --extra lake -c requirements.lock -o requirements-lake.lock
	$(LOCK) pyproject.toml --extra test -c requirements.lock -o requirements-test.lock
	$(LOCK) --group pyproject.toml:supply -o requirements-supply.lock
	$(LOCK) --group pyproject.toml:s3 -o requirements-s3.lock
	$(LOCK) tests/bench/peers/requirements.txt -c requirements.lock -o requirements-peers.lock

# What the program is made of: sbom.json (CycloneDX) and the licences, from what `make install` put there.
sbom: .venv/installed .venv/installed-supply
	.venv/supply/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o sbom.json $(BIN)/python
	$(BIN)/python -m tests.licences > deploy/licences.md

# Asks the package index for known vulnerabilities, so it needs a way there.
audit: .venv/installed-supply
	.venv/supply/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

# A folder of wheels for a machine of the same system without a network (deploy/README.md).
wheels: requirements.lock
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock -d wheels

clean:
	rm -rf .venv wheels data/example .bench.json sbom.json .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Only wheels whose hashes the lock file names, then this project itself, editable, from what is already there.
.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/installed-test: .venv/installed requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-test.lock
	touch $@

.venv/installed-duckdb2: .venv/installed-test requirements-duckdb2.lock
	rm -rf .venv/duckdb2
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
		--target .venv/duckdb2 -r requirements-duckdb2.lock
	touch $@

# Whom `make bench` races, in an environment of their own.
.venv/installed-peers: .venv/installed requirements-peers.lock
	test -x .venv/peers/bin/python || $(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-peers.lock
	touch $@

# An object storage to try the lake on, in an environment of its own.
.venv/installed-s3: .venv/installed requirements-s3.lock
	test -x .venv/s3/bin/python || $(PYTHON) -m venv .venv/s3
	.venv/s3/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-s3.lock
	touch $@

# What makes the bill of materials, in an environment of its own.
.venv/installed-supply: .venv/installed requirements-supply.lock
	test -x .venv/supply/bin/python || $(PYTHON) -m venv .venv/supply
	.venv/supply/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-supply.lock
	touch $@
