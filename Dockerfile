# The page, the API and the index commands, with nothing of the clone but the wheel.
#
#   docker build -t newsroom-assistant .
#   docker run --read-only --tmpfs /tmp -v news:/store newsroom-assistant
#
# Python 3.11 is what the suite runs on.
FROM python:3.11-slim-bookworm AS build
WORKDIR /source
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
COPY pyproject.toml README.md ./
COPY assistant assistant
COPY prompts prompts
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && python -m venv /opt/assistant
# Kinds of files and PostgreSQL; add "openai" or another provider where a chat model is set.
ARG EXTRAS=serve,pdf,docx,warc,postgres
RUN wheel="$(ls /wheels/*.whl)" \
    && /opt/assistant/bin/pip install --no-cache-dir "${wheel}[${EXTRAS}]"

FROM python:3.11-slim-bookworm
COPY --from=build /opt/assistant /opt/assistant
# Only the store is written to; /tmp may be a tmpfs. The home is there, so that no library makes one.
RUN useradd --system --uid 10001 --create-home --home-dir /home/assistant assistant \
    && install -d -o assistant -g assistant -m 0700 /store
ENV PATH=/opt/assistant/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    GRADIO_TEMP_DIR=/tmp/gradio \
    ASSISTANT_STORE=/store
USER 10001
WORKDIR /store
VOLUME ["/store"]
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
# `-m`, so that it is the command the documents name. Another command (assistant-index ...) replaces it.
CMD ["python", "-m", "assistant.serve", "--host", "0.0.0.0"]
