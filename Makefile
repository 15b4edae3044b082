# Everything a person or CI types. `make` alone prints the list.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
SAM := .venv-deploy/bin/sam
PORT := 8000
TYPED := functions infra layers/common/expertgate tests
PYTHON_READY := .venv/.ready
NODE_READY := node_modules/.ready
DEPLOY_READY := .venv-deploy/.ready
TRUST_READY := .venv-trust/.ready
export PYTHONPATH := .:layers/common
export SAM_CLI_TELEMETRY := 0

.PHONY: help
help:  ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: install
install: $(PYTHON_READY) $(NODE_READY)  ## Set up .venv and node_modules (the other targets do it when needed)

.PHONY: run
run: install  ## Run the whole system on this machine (RESET=1 empties its data, RIC=1 uses the real runtime client, PORT=8000)
	@exec $(PY) -m infra.local.run --port $(PORT) $(if $(RESET),--reset) $(if $(RIC),--ric)

.PHONY: demo
demo: install  ## Play the main journey over HTTP and show each answer (RIC=1 uses the real runtime client)
	@$(PY) -m infra.local.demo $(if $(RIC),--ric)

.PHONY: import
import: $(PYTHON_READY)  ## Import accounts of the old platforms into the running system (FILE=accounts.csv, RESUME=1 goes on)
	@$(PY) -m infra.operations.import_accounts $(FILE) $(if $(RESUME),--resume) $(ARGS)

.PHONY: test
test: install  ## Run every test but the slow suites
	@$(PY) -m pytest --no-header -n auto -m "not slow" $(ARGS)

.PHONY: trust
trust: install $(TRUST_READY)  ## Prove that it can be trusted: faults, attack, leaks, fuzzing, supply, with figures (ARGS=leaks for one)
	@$(PY) -m infra.checks.trust $(ARGS)

.PHONY: check
check: lint types contracts template  ## Format, lint, types, import contracts and template checks

.PHONY: fmt
fmt: $(PYTHON_READY)  ## Format the code and mend what ruff can mend
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .

.PHONY: lint
lint: $(PYTHON_READY)  ## Check format and lint
	@$(PY) -m ruff format --check --quiet . || { echo "Some files are not formatted: make fmt"; exit 1; }
	@$(PY) -m ruff check --quiet .
	@echo "lint: clean"

.PHONY: types
types: $(PYTHON_READY)  ## Check types (mypy --strict)
	@$(PY) -m mypy $(TYPED)

.PHONY: contracts
contracts: $(PYTHON_READY)  ## Check who may import whom
	@.venv/bin/lint-imports --no-cache | grep -v '^$$'

.PHONY: template
template: $(PYTHON_READY) $(NODE_READY) $(DEPLOY_READY)  ## Check template.yaml and the state machines
	@AWS_DEFAULT_REGION=cn-north-1 $(SAM) validate --lint --template template.yaml
	@.venv/bin/cfn-lint template.yaml && echo "cfn-lint: clean"
	@mkdir -p build  # the validator knows nothing of substitutions: it gets the definition as one partition sees it
	@for machine in infra/state_machines/*.asl.json; do \
		sed 's/$${Partition}/aws/g' "$$machine" > "build/$$(basename "$$machine")"; \
		node_modules/.bin/asl-validator --no-arn-check --json-path "build/$$(basename "$$machine")" >/dev/null || exit 1; \
	done
	@echo "asl-validator: clean"
	@$(PY) -m infra.checks.machines infra/state_machines/*.asl.json

.PHONY: bench
bench: install  ## Measure cost, cold and warm starts, load, size and import; write docs/cost.md, docs/speed.md (an hour and a half on two cores)
	@$(PY) -m infra.checks.cost
	@$(PY) -m tests.benchmarks.cold 3
	@$(PY) -m tests.benchmarks.warm 50
	@$(PY) -m tests.benchmarks.load 180 20
	@$(PY) -m tests.benchmarks.scale 1000 100000 1000000
	@$(PY) -m tests.benchmarks.legacy_import 100000
	@$(PY) -m tests.benchmarks.partitions
	@$(PY) -m tests.benchmarks.report

.PHONY: build
build: $(DEPLOY_READY)  ## Build what is deployed, into .aws-sam/
	@PATH="$(CURDIR)/.venv-deploy/bin:$$PATH" $(SAM) build --template template.yaml $(ARGS)

.PHONY: pins
pins:  ## Write requirements/*.txt anew from requirements/*.in (needs uv)
	@requirements/pin

.PHONY: clean
clean:  ## Remove what was installed, built or cached; the data of `make run` stays
	@rm -rf .venv .venv-deploy .venv-trust node_modules .aws-sam .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find functions infra layers tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(PYTHON_READY): requirements/dev.txt .python-version
	@python=$$(infra/setup/python); echo "Setting up .venv with $$python"; "$$python" -m venv --clear .venv
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

$(DEPLOY_READY): requirements/deploy.txt .python-version
	@python=$$(infra/setup/python); echo "Setting up .venv-deploy with $$python"; "$$python" -m venv --clear .venv-deploy
	@.venv-deploy/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/deploy.txt
	@touch $@

$(TRUST_READY): requirements/trust.txt .python-version
	@python=$$(infra/setup/python); echo "Setting up .venv-trust with $$python"; "$$python" -m venv --clear .venv-trust
	@.venv-trust/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/trust.txt
	@touch $@

$(NODE_READY): package.json package-lock.json
	@infra/setup/node
	@echo "Setting up node_modules"; npm ci --silent --ignore-scripts
	@touch $@
