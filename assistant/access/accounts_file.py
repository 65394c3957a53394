"""Users with hashed passwords, and tokens, in one file that only its owner reads.

`serve/account_commands.py` has the commands that change it. Only this file knows argon2.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import BadSetting, StoreBusy, StoreFailed
from assistant.settings import Settings

Role = Literal["reader", "editor"]
TokenScope = Literal["read", "write"]
# No space: "token NAME" is no user. Also what a proxy's header may say.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")
SHORTEST, LONGEST = 10, 1_000  # characters of a password; a longer one only costs time
PREFIX = "newsroom_"  # by which a token that leaked is recognised, by people and by scanners
_SHAPE = ConfigDict(extra="forbid", frozen=True)


class Hasher(Protocol):
    """Argon2 with its costs."""

    def hash(self, password: str) -> str:
        """A hash with a salt of its own."""
        ...

    def verify(self, hash: str, password: str) -> bool:
        """Raises an error of argon2's when the password is another."""
        ...


class User(BaseModel):
    """A user: an argon2 hash, and whether they may change the collection."""

    model_config = _SHAPE
    password: str
    role: Role


class Token(BaseModel):
    """A token: the SHA-256 of its text, and what it may be used for."""

    model_config = _SHAPE
    sha256: str
    scope: TokenScope


class AccountList(BaseModel):
    """All accounts, by name."""

    model_config = _SHAPE
    users: dict[str, User] = {}
    tokens: dict[str, Token] = {}


class Accounts:
    """The file of accounts; read again when it has changed."""

    def __init__(self, path: Path, hasher: Hasher | None = None) -> None:
        self.path = path
        self.hasher = hasher or _hasher()
        self._read: tuple[object, AccountList] = (None, AccountList())

    def current(self) -> AccountList:
        """The accounts as they are now; raises `BadSetting` when the file cannot be trusted."""
        try:
            found = self.path.stat()
            mark = (found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode)
            if mark != self._read[0]:
                self._read = mark, self._load(found)
        except FileNotFoundError:
            return AccountList()
        except OSError as error:
            raise BadSetting(f"{self.path} cannot be read: {error.strerror}.") from error
        return self._read[1]

    def _load(self, found: os.stat_result) -> AccountList:
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
            raise BadSetting(
                f"{self.path} holds accounts and is open to others. Run: chmod 600 {self.path}"
            )
        try:
            return AccountList.model_validate_json(self.path.read_bytes())
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise BadSetting(
                f"{self.path} is no file of accounts{place and f', at {place}'}. "
                "Put a copy of it back, or remove it and add the users anew."
            ) from None  # the cause would show a hash

    @contextmanager
    def changing(self) -> Iterator[AccountList]:
        """A copy of the accounts to change in place; written, whole or not at all, at the end."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=10):
                accounts = self.current().model_copy(deep=True)
                yield accounts
                self._write(accounts)
        except Timeout as error:
            raise StoreBusy(f"Another process is writing {self.path}. Try again.") from error
        except OSError as error:
            raise StoreFailed(f"{self.path} cannot be written: {error.strerror}.") from error

    def _write(self, accounts: AccountList) -> None:
        # mkstemp: mode 600 from the first byte.
        part, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        try:
            with open(part, "w", encoding="utf-8") as file:
                json.dump(accounts.model_dump(), file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    # --- users

    def add_user(self, name: str, password: str, role: Role) -> bool:
        """Add a user, or give one a new password and role; whether the name is new."""
        _check_name(name)
        if not SHORTEST <= len(password) <= LONGEST:
            raise BadSetting(
                f"The password has {len(password)} characters. Choose one of {SHORTEST} to "
                f"{LONGEST:,}; four random words are good."
            )
        hashed = self.hasher.hash(password)
        with self.changing() as accounts:
            is_new = name not in accounts.users
            accounts.users[name] = User(password=hashed, role=role)
        return is_new

    def remove_user(self, name: str) -> None:
        """Remove a user; their sessions end at once."""
        with self.changing() as accounts:
            if not accounts.users.pop(name, None):
                raise BadSetting(f"There is no user {name!r}. All of them: user list.")

    def opens(self, name: str, password: str) -> User | None:
        """The user whose password this is. An unknown name takes as long as a wrong password."""
        from argon2.exceptions import InvalidHashError, VerificationError

        user, nobodys = self.current().users.get(name), self._nobodys
        try:
            self.hasher.verify(user.password if user else nobodys, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return None
        return user

    @cached_property
    def _nobodys(self) -> str:
        return self.hasher.hash(secrets.token_hex(16))

    # --- tokens

    def add_token(self, name: str, scope: TokenScope) -> str:
        """A new token, which nothing but this answer ever tells."""
        _check_name(name)
        told = PREFIX + secrets.token_urlsafe(32)
        with self.changing() as accounts:
            if name in accounts.tokens:
                raise BadSetting(f"There is a token {name!r} already. Remove it: token remove.")
            accounts.tokens[name] = Token(sha256=_digest(told), scope=scope)
        return told

    def remove_token(self, name: str) -> None:
        """Remove a token; it opens nothing any more."""
        with self.changing() as accounts:
            if not accounts.tokens.pop(name, None):
                raise BadSetting(f"There is no token {name!r}. All of them: token list.")

    def token(self, told: str) -> tuple[str, Token] | None:
        """The name and the token that has this text."""
        digest, found = _digest(told), None
        for name, token in self.current().tokens.items():  # all of them, however soon one fits
            if hmac.compare_digest(token.sha256, digest):
                found = name, token
        return found


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise BadSetting(
            f"{name!r} is no name. Use up to 100 letters, digits and . _ @ -, a letter or digit "
            "first."
        )


def _digest(told: str) -> str:
    # Not argon2: 32 random bytes cannot be guessed, however fast one tries.
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _hasher() -> Hasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise BadSetting(
            "Users and tokens need argon2-cffi, which is missing. "
            "Run: pip install 'newsroom-assistant[serve]'"
        ) from error
    return PasswordHasher()  # its costs are those of RFC 9106 for where memory is scarce: 64 MiB


def accounts_path(settings: Settings) -> Path:
    """The file that the settings name; raises `BadSetting` when they name none."""
    kind, _, path = settings.auth.partition(":")
    if kind != "file":
        raise BadSetting("Say which file holds the accounts: ASSISTANT_AUTH=file:PATH")
    return Path(path).expanduser()
