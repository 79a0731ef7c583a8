# Everything sets itself up: a machine needs Python >= 3.11, pip and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check -qq

.PHONY: demo test acceptance lint bench lock clean

# The venv is made without pip, because some systems ship a venv module that cannot install it.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Xuncha needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv --without-pip $(VENV)

# Compiled as pip compiles a wheel: where Python keeps no bytecode (PYTHONDONTWRITEBYTECODE), each start of a worker would
# spend half a second on sources, and the tests start hundreds.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --editable .
	$(BIN)/python -m compileall -q scanner plugins profiles reports
	touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	touch $@

demo: $(VENV)/.runtime
	$(BIN)/xuncha demo

test: $(VENV)/.development
	$(BIN)/python -m pytest -m "not acceptance" $(ARGUMENTS) $(ONLY)

acceptance: $(VENV)/.development
	XUNCHA_ACCEPTANCE=1 $(BIN)/python -m pytest -m acceptance $(ARGUMENTS) $(ONLY)

lint: $(VENV)/.development
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/.development
	$(BIN)/python -m bench

# Needs uv; only maintainers who change dependencies run it.
lock:
	uv pip compile pyproject.toml --extra tls --extra browser --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.lock
	uv pip compile pyproject.toml --extra tls --extra browser --extra ocr --extra pdf --group test --group lint --universal --python-version 3.11 --generate-hashes --no-header --quiet -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist
