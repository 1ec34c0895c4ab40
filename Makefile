# Omamori: the commands of this checkout. `make` alone lists them.
#
# Needs: make, Python 3.11 or newer with venv, and a package index that this machine's pip can reach.
# Everything is installed into .venv inside the checkout; `rm -rf .venv` undoes it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip checks every file it installs against the hashes in locked/*.txt; an index or mirror cannot swap one.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED := $(PIP) --require-hashes --only-binary :all:

SITE ?= omamori-site
OUT ?= report
ARGS ?=
TESTS ?=
JOBS ?= 2
# They wait for servers and for Windows' commands more than they work.
SYSTEM_JOBS ?= 3
TORTURE ?= 200
# Compiled modules are kept: each of the many programs the tests start would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup winrm dicom paper check example demo test test-system lint format docs samples bench bench-machines torture sbom lock windows-zip clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Omamori needs Python 3.11 or newer; $(PYTHON) is older or missing. Install it, or name another: make PYTHON=python3.12 …" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }

# What the program itself needs.
$(VENV)/.run: locked/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Omamori needs into $(VENV) (once) …"
	@$(LOCKED) -r locked/run.txt || { echo "pip could not fetch the packages in locked/run.txt: check this machine's pip settings (index, proxy, certificates)." >&2; exit 2; }
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

# What tests, linters and the document generator need besides.
$(VENV)/.dev: locked/dev.txt $(VENV)/.run
	@echo "Installing what the tests need into $(VENV) (once) …"
	@$(LOCKED) -r locked/dev.txt
	@touch $@

$(VENV)/.system: locked/system.txt $(VENV)/.dev
	@echo "Installing what the tests with real servers need into $(VENV) (once) …"
	@$(LOCKED) -r locked/system.txt
	@touch $@

$(VENV)/.release: locked/release.txt $(VENV)/.dev
	@$(LOCKED) -r locked/release.txt
	@touch $@

# The libraries `make bench` measures beside ours; no part of the product.
$(VENV)/.bench: locked/bench.txt $(VENV)/.run
	@$(LOCKED) -r locked/bench.txt
	@touch $@

setup: $(VENV)/.dev ## Install everything into .venv (no root, nothing outside this folder)

winrm: $(VENV)/.run ## Install what looking at Windows over WinRM needs (omamori collect --winrm)
	@$(LOCKED) -r locked/winrm.txt

dicom: $(VENV)/.run ## Install what a DICOM echo needs (omamori scan, servers the approval names)
	@$(LOCKED) -r locked/dicom.txt

paper: $(VENV)/.run ## Install what PDF and Word need (omamori check --format pdf, omamori papers)
	@$(LOCKED) -r locked/paper.txt

check: $(VENV)/.run ## Look at this machine, judge it, write report/report.html, .json and .xlsx
	@$(BIN)/omamori check --here --site $(SITE) --out $(OUT) $(ARGS)

example: $(VENV)/.run ## Write the report of a fictional hospital
	@$(BIN)/omamori example $(ARGS)

demo: $(VENV)/.run ## The whole job on a hospital of real servers in this machine (root on Linux; ARGS="--shape healthy")
	@$(BIN)/omamori lab demo $(ARGS)

test: $(VENV)/.dev ## Run the tests that need no root and no servers, and name what was left out
	@$(BIN)/python -m pytest -n $(JOBS) $(TESTS) $(ARGS)

test-system: $(VENV)/.system ## Run the rest with real servers (root on Debian; installs them with apt)
	@tools/system_packages.sh
	@$(BIN)/python -m pytest --system -n $(SYSTEM_JOBS) $(TESTS) $(ARGS)

lint: $(VENV)/.dev ## Style, types, docstrings and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/interrogate src
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## Put the code into the common form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.run ## Write docs/generated, the glossary and the standards pages anew
	$(BIN)/python tools/write_docs.py

samples: $(VENV)/.run ## Write docs/samples anew: the example's report in both languages
	$(BIN)/python tools/samples.py

bench: $(VENV)/.bench ## Time and memory of one check beside Lynis, of comparing two scans beside ndiff where these are installed, of attack paths beside networkx and igraph, of missing Windows updates beside wesng, of the picture, of reachability, of a restore proof beside restic and borg where these are installed, of a knowledge pack of the full data, and of the block over SSH beside fail2ban (root)
	@PYTHONPATH=src:bench $(BIN)/python bench/picture.py
	@PYTHONPATH=src:bench $(BIN)/python bench/reach.py --no-picture
	PYTHONPATH=src:bench $(BIN)/python bench/packages.py
	PYTHONPATH=src:bench $(BIN)/python bench/windows_updates.py
	$(BIN)/python bench/bench.py $(ARGS)
	$(BIN)/python bench/scan_diff.py
	PYTHONPATH=src $(BIN)/python bench/paths.py
	PYTHONPATH=src $(BIN)/python bench/backup.py
	PYTHONPATH=src $(BIN)/python bench/feeds.py
	PYTHONPATH=src:tools $(BIN)/python bench/isolate.py

bench-machines: $(VENV)/.run ## Import, check and report of 30, 300 and 3,000 Windows PCs: seconds, CPU, memory
	PYTHONPATH=src:tools $(BIN)/python bench/machines.py $(ARGS)

torture: $(VENV)/.dev ## Kill import, check and rebuild at random moments (TORTURE=200 times each)
	@OMAMORI_TORTURE=$(TORTURE) $(BIN)/python -m pytest -q -k "kill" $(TESTS) $(ARGS)

windows-zip: $(VENV)/.run ## Build dist/omamori-windows.zip: to unpack and double-click, no installation
	@echo "Fetching the parts for Windows …"
	@$(BIN)/python tools/windows_zip.py

sbom: $(VENV)/.release ## Write the bill of materials (CycloneDX) docs/sbom.cdx.json
	$(BIN)/python tools/sbom.py

lock: $(VENV)/.release ## Pin what is new in uv.lock and locked/*.txt (ARGS=--upgrade: the newest of all)
	$(BIN)/python tools/lock.py $(ARGS)

clean: ## Remove .venv and the caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
