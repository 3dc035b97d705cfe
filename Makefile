.DEFAULT_GOAL := help
BIN := $(or $(VENV),.venv)/bin

help: ## show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: ## make the environment with everything the tests need
	@bin/install test

run: ## serve the sample province
	@bin/run

test: install ## run all tests
	$(BIN)/python -m pytest -q -rs

lint: install ## style and import contracts
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: install ## check types
	$(BIN)/mypy

fix: install ## repair what can be repaired
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migrate: install ## apply the migrations
	$(BIN)/catalogue init

bench: install ## measure the budgets
	@bin/bench

lock: ## lock the newest versions again, with hashes
	@bin/lock

.PHONY: help install run test lint types fix migrate bench lock
