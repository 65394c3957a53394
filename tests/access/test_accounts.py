"""Users and tokens: made by commands, kept as hashes, in a file of their owner's alone."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from assistant.access.accounts_file import Accounts
from assistant.errors import BadSetting
from assistant.serve import account_commands as commands
from tests.support.serving_keys import HASHER, PASSWORD, accounts_in


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_AUTH", f"file:{tmp_path}/keys/accounts.json")
    return tmp_path / "keys" / "accounts.json"


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command, with these lines on standard input."""

    def run(words: str, lines: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        code = commands.command(words.split(), HASHER)
        out, err = capsys.readouterr()
        return code, out + err

    return run


def test_a_user_is_added_listed_and_removed(path: Path, say) -> None:  # type: ignore[no-untyped-def]
    assert say("user add ann --editor", PASSWORD + "\n") == (0, "Added ann, editor\n")
    assert say("user add bob", PASSWORD + "\n") == (0, "Added bob, reader\n")
    assert say("user list") == (0, "ann\teditor\nbob\treader\n")
    assert say("user remove bob") == (0, "Removed bob\n")
    assert say("user list") == (0, "ann\teditor\n")


def test_the_file_is_its_owners_alone_and_holds_no_secret(path: Path, say) -> None:  # type: ignore[no-untyped-def]
    say("user add ann", PASSWORD + "\n")
    _, token = say("token add feed --scope write")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD not in path.read_text()
    assert token.strip() not in path.read_text()
    assert "$argon2id$" in path.read_text()
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []


def test_a_token_is_shown_once_and_opens_until_it_is_removed(path: Path, say) -> None:  # type: ignore[no-untyped-def]
    _, told = say("token add feed --scope read")
    accounts = Accounts(path, HASHER)
    name, token = accounts.token(told.strip()) or ("", None)
    assert (name, token and token.scope) == ("feed", "read")
    assert say("token list") == (0, "feed\tread\n")
    say("token remove feed")
    assert accounts.token(told.strip()) is None


@pytest.mark.parametrize(
    ("words", "lines", "told"),
    [
        ("user add ann", "short\n", "The password has 5 characters. Choose one of 10 to 1,000"),
        ("user add ../ann", PASSWORD, "'../ann' is no name."),
        ("user remove ann", "", "There is no user 'ann'."),
        ("token remove feed", "", "There is no token 'feed'."),
    ],
)
def test_what_cannot_be_done_is_one_line(  # type: ignore[no-untyped-def]
    path: Path, say, words: str, lines: str, told: str
) -> None:
    code, said = say(words, lines)
    assert code == 1
    assert said.startswith(told)
    assert said.count("\n") == 1
    assert not path.exists()


def test_a_command_needs_to_know_the_file(say) -> None:  # type: ignore[no-untyped-def]
    assert say("user list") == (
        1,
        "Say which file holds the accounts: ASSISTANT_AUTH=file:PATH\n",
    )
    assert say("user fly")[0] == 2


def test_two_passwords_that_differ_change_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([PASSWORD, PASSWORD + "!"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert commands.command(["user", "add", "ann"], HASHER) == 1
    assert "not the same" in capsys.readouterr().err
    assert not path.exists()


def test_only_the_right_password_opens(tmp_path: Path) -> None:
    accounts = accounts_in(tmp_path)
    user = accounts.opens("ann", PASSWORD)
    assert user
    assert user.role == "editor"
    for name, password in (("ann", PASSWORD + " "), ("ann", ""), ("cy", PASSWORD), ("", "")):
        assert accounts.opens(name, password) is None


def test_an_unknown_name_is_hashed_too(tmp_path: Path) -> None:
    accounts = accounts_in(tmp_path)
    asked: list[str] = []

    class Watched:
        hash = HASHER.hash

        def verify(self, hashed: str, password: str) -> bool:
            asked.append(hashed)
            return HASHER.verify(hashed, password)

    accounts.hasher = Watched()  # type: ignore[assignment]
    accounts.opens("nobody", PASSWORD)
    accounts.opens("nobody", PASSWORD)
    assert len(asked) == 2
    assert asked[0].startswith("$argon2id$")


def test_a_file_that_others_may_read_is_not_trusted(tmp_path: Path) -> None:
    accounts = accounts_in(tmp_path)
    accounts.path.chmod(0o644)
    with pytest.raises(BadSetting, match=r"open to others. Run: chmod 600"):
        accounts.current()


@pytest.mark.parametrize("text", ["", "[]", '{"users": {"ann": {"password": "x"}}}', "\0"])
def test_a_damaged_file_opens_nothing_and_shows_nothing(tmp_path: Path, text: str) -> None:
    accounts = accounts_in(tmp_path)
    accounts.path.write_text(text)
    with pytest.raises(BadSetting, match="no file of accounts") as told:
        accounts.current()
    assert told.value.__cause__ is None
    assert '"x"' not in str(told.value)


def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = accounts_in(tmp_path)
    before = accounts.path.read_bytes()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(Exception, match="cannot be written: No space left"):
        accounts.remove_user("ann")
    assert accounts.path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} <= {"accounts.json", "accounts.json.lock"}


def test_a_changed_file_is_seen_by_a_server_that_runs(tmp_path: Path) -> None:
    server = accounts_in(tmp_path)
    assert server.current().users
    Accounts(server.path, HASHER).remove_user("ann")
    assert set(server.current().users) == {"bob"}
    assert json.loads(server.path.read_text())["tokens"] == {}
