# Two commands are all a newcomer needs: make run, make test.
# Everything goes through ".venv/bin/python -m …": the scripts in .venv/bin break in a folder with a space in its name.

SHELL := /bin/sh
PYTHON := .venv/bin/python
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check format bench scan audit prove-deploy lock install-base install-dev install-scan install-audit

help:  ## show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 16

run: install-base  ## start the site on http://127.0.0.1:8000/ (PORT, DATABASE_URL: see .env.example)
	@$(PYTHON) manage.py serve

test: check  ## run every check, then every test on SQLite and on PostgreSQL (PYTEST_ARGS="-k name" narrows)
	@$(PYTHON) -m tests.run $(PYTEST_ARGS)

check: install-dev  ## lint, types, import floors, template format and lint
	@echo 'check: ruff, mypy, import-linter, djhtml, djlint'
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --check --quiet .
	@$(PYTHON) -m mypy
	@cd deploy && ../$(PYTHON) -m mypy --config-file= --strict --python-version 3.11 --cache-dir ../.mypy_cache/deploy server.py
	@$(PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache --no-logo
	@$(PYTHON) -m djhtml --check --tabwidth 2 templates
	@$(PYTHON) -m djlint --lint --quiet templates

format: install-dev  ## put Python and templates into the house format
	@$(PYTHON) -m ruff check --fix --quiet .
	@$(PYTHON) -m ruff format --quiet .
	@$(PYTHON) -m djhtml --tabwidth 2 templates

bench: install-dev  ## measure the pages beside their yardsticks
	@$(PYTHON) -m tests.load

scan: install-dev install-scan  ## attack the public pages and forms with wapiti and sqlmap, through nginx and on PostgreSQL
	@$(PYTHON) -m tests.scan

audit: install-base install-audit  ## ask whether a vulnerability of a locked package is known
	@$(PYTHON) -m tests.audit

handbook: install-dev  ## walk the staff's journeys in a browser and take the handbooks' pictures anew
	@$(PYTHON) -m tests.handbook

prove-deploy: install-dev  ## as root, on Debian: the deploy script on a fresh Debian root with its own systemd
	@$(PYTHON) -m tests.deploy.prove

lock: install-base  ## write requirements/*.txt anew from requirements/*.in
	@test -x .venv-tools/bin/python || $(PYTHON) -m venv .venv-tools
	@.venv-tools/bin/python -m pip install --quiet --disable-pip-version-check uv
	@for name in base dev scan audit; do \
		UV_PYTHON_DOWNLOADS=never .venv-tools/bin/python -m uv pip compile --quiet --universal --python-version 3.11 \
			--generate-hashes --no-annotate --no-header --output-file requirements/$$name.txt requirements/$$name.in; \
	done

install-base:
	@sh requirements/install.sh base

install-dev:
	@sh requirements/install.sh dev

install-scan:
	@sh requirements/install.sh scan

install-audit:
	@sh requirements/install.sh audit
