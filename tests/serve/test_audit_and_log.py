"""What is written down: each change of the collection, each request, and no secret."""

from __future__ import annotations

import io
import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.access.audit import Audit
from assistant.access.limits import Limits
from assistant.errors import StoreFailed
from assistant.outcomes import Outcome
from assistant.records import Answer
from assistant.serve import request_log
from assistant.settings import Settings
from tests.support.serving_keys import bearer, behind


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged; afterwards everything logs as before."""
    root, ours = logging.getLogger(), logging.getLogger("assistant")
    handlers, level, our_level = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    request_log.begin(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    ours.setLevel(our_level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).propagate = True


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_change_is_a_line_in_a_file_of_its_owners(tmp_path: Path) -> None:
    audit = Audit(Settings(store=tmp_path / "store"))
    title = "Bridge\nclosed \u2028 “again”"
    for outcome in (
        Outcome("f.txt", "added", "a", title),
        Outcome("f.txt", "unchanged", "a", title),
        Outcome("g.txt", "skipped", reason="no text"),
        Outcome("a", "removed", "a", title),
    ):
        audit.note("ann", "192.0.2.7", "page", outcome)
    told = [json.loads(line) for line in audit.path.read_bytes().split(b"\n")[:-1]]
    assert [(one["what"], one["id"], one["outcome"]) for one in told] == [
        ("add", "a", "added"),
        ("add", "g.txt", "skipped: no text"),
        ("remove", "a", "removed"),
    ]
    assert (told[0]["who"], told[0]["from"], told[0]["title"]) == ("ann", "page", title)
    assert stat.S_IMODE(audit.path.stat().st_mode) == 0o600


def test_a_link_in_the_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("as it was")
    (tmp_path / "audit.jsonl").symlink_to(tmp_path / "precious")
    with pytest.raises(StoreFailed, match="could not be noted"):
        Audit(Settings(store=tmp_path)).note("ann", "", "api", Outcome("f", "added"))
    assert (tmp_path / "precious").read_text() == "as it was"


def test_a_request_is_one_line_without_its_words(tmp_path: Path, written: io.StringIO) -> None:
    client, accounts = behind(tmp_path)
    token = accounts.add_token("feed", "read")
    client.post(
        "/api/answer?question=whodunit", headers=bearer(token), json={"question": "whodunit"}
    )
    (told,) = [one for one in lines(written) if one["message"] == "request"]
    assert (told["method"], told["path"], told["status"]) == ("POST", "/api/answer", 200)
    assert (told["who"], told["address"]) == ("token feed", "127.0.0.1")
    assert isinstance(told["seconds"], float)
    assert "whodunit" not in written.getvalue()
    assert token not in written.getvalue()


def test_questions_are_logged_only_when_asked_for(tmp_path: Path, written: io.StringIO) -> None:
    def answered() -> Iterator[Answer]:
        yield Answer("q", "q", finished=True)

    list(Limits(Settings(store=tmp_path)).answers("ann", "whodunit?", answered))
    assert "whodunit" not in written.getvalue()
    list(Limits(Settings(store=tmp_path, log_questions=True)).answers("ann", "whodunit?", answered))
    assert lines(written)[-1]["question"] == "whodunit?"


@pytest.mark.parametrize(
    "secret",
    [
        "Authorization: Bearer abc.def-123456",
        "newsroom_AbCdEf0123456789",
        "key sk-proj-abcdef0123456789",
        "postgresql://desk:abcdef0123@db/news",
        "password=abcdef0123 and more",
        '{"api_key": "abcdef0123"}',
        "Cookie: abcdef0123456789",
        "$argon2id$v=19$abcdef0123",
    ],
)
def test_what_looks_like_a_secret_is_left_out(written: io.StringIO, secret: str) -> None:
    logging.getLogger("assistant.somewhere").error("it failed with %s", secret)
    (told,) = lines(written)
    assert "…" in str(told["message"])
    assert "abc" not in str(told["message"]).lower()


def test_of_an_exception_the_place_is_told_and_not_its_words(written: io.StringIO) -> None:
    try:
        raise ValueError("what a visitor typed")
    except ValueError:
        logging.getLogger("assistant").exception("An answer broke off")
    (told,) = lines(written)
    assert told["error"] == "ValueError"
    assert "test_audit_and_log.py" in str(told["at"])
    assert "typed" not in written.getvalue()
