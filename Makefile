# Everything lives in .venv; each command sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
unexport PYTHONDONTWRITEBYTECODE  # what is compiled once is not compiled anew by each of the programs that tests start

.DEFAULT_GOAL := help
.PHONY: help run test test-ray lint golden docs eval bench audit check lock clean

help: ## what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

# Not compiled when installed: what is used is, when it is first used, and the rest (50 MB) never.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what running needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what tests and checks need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib || true  # tests start many programs; some packages ship files for other Pythons
	@touch $@

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/dev.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-bench.lock
	@touch $@

$(VENV)/system.stamp: tests/system.sh $(VENV)/run.stamp
	@tests/system.sh
	@touch $@

run: $(VENV)/run.stamp ## set up, then write brief.html from the example pack and reports
	@$(BIN)/standoff brief --pack us-china-trade --examples -o brief.html

test: $(VENV)/dev.stamp $(VENV)/system.stamp ## set up, then run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/dev.stamp ## ruff, ruff format, mypy --strict, import rules
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check src tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports

golden: $(VENV)/dev.stamp ## write the golden files anew (the only way they change)
	@$(BIN)/python -m pytest tests/golden --write-golden

docs: $(VENV)/dev.stamp $(VENV)/system.stamp ## write the reference, what the docs show, and their pictures anew
	@$(BIN)/python -m pytest tests/docs tests/web/test_pictures.py --write-docs

eval: $(VENV)/dev.stamp ## quality of reading against gold, with floors
	@$(BIN)/python -m tests.evaluation.gate --shared $(SHARED)

test-ray: $(VENV)/bench.stamp ## the tests that need Ray, which is large and so not among those of `make test`
	@$(BIN)/python -m pytest -m slow -k ray tests/batch tests/crash

bench: $(VENV)/bench.stamp $(VENV)/system.stamp ## speed, growth and recall in one run, written to benchmarks/results.md (20 minutes)
	@$(BIN)/python -m benchmarks --corpus $(SHARED)/corpus/news.jsonl.gz $(BENCH)

audit: $(VENV)/dev.stamp ## licences of all that is installed; known vulnerabilities, where they can be looked up
	@$(BIN)/python -m tests.audit.licences
	@$(BIN)/python -m tests.audit.vulnerabilities

check: lint test test-ray eval audit ## what CI runs

lock: ## pin versions anew (needs pip-tools)
	pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe -o requirements.lock pyproject.toml
	pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --extra bench -c requirements.lock -o requirements-bench.lock pyproject.toml
	pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --extra postgres -c requirements.lock -o requirements-postgres.lock pyproject.toml

clean: ## remove what was set up and made
	rm -rf $(VENV) brief.html standoff.db .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
