"""The commands that look after accounts: `user` and `token`, each to add, remove and list.

ASSISTANT_AUTH=file:PATH python -m assistant.serve user add ann --editor
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence

from assistant.access.accounts_file import Accounts, Hasher, Role, accounts_path
from assistant.errors import AssistantError, BadSetting
from assistant.settings import Settings

Given = argparse.Namespace


def command(argv: Sequence[str], hasher: Hasher | None = None) -> int:
    """Do what `user ...` or `token ...` says; 0 when it worked, 1 when not, 2 for wrong usage."""
    try:
        given = _parser().parse_args(argv)
    except SystemExit as error:
        return int(error.code or 0)
    try:
        accounts = Accounts(accounts_path(Settings.from_env()), hasher)
        print(DO[given.thing, given.verb](accounts, given))  # noqa: T201 - its output
    except AssistantError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the one line of a command that could not
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant.serve")
    things = parser.add_subparsers(dest="thing", required=True)
    user = things.add_parser("user", help="who signs in").add_subparsers(dest="verb", required=True)
    token = things.add_parser("token", help="keys of programs")
    verbs = token.add_subparsers(dest="verb", required=True)
    add = user.add_parser("add", help="add a user, or give one a new password and role")
    add.add_argument("--editor", action="store_true", help="may add and remove articles")
    made = verbs.add_parser("add", help="make a token; it is shown once")
    made.add_argument("--scope", choices=("read", "write"), required=True)
    for one in (add, made, user.add_parser("remove"), verbs.add_parser("remove")):
        one.add_argument("name", metavar="NAME")
    user.add_parser("list")
    verbs.add_parser("list")
    return parser


def _add_user(accounts: Accounts, given: Given) -> str:
    role: Role = "editor" if given.editor else "reader"
    is_new = accounts.add_user(given.name, _password(), role)
    return f"{'Added' if is_new else 'Changed'} {given.name}, {role}"


def _password() -> str:
    """Asked for twice, or one line of standard input when nobody sits there."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise BadSetting("The two passwords are not the same. Nothing was changed.")
    return password


def _remove_user(accounts: Accounts, given: Given) -> str:
    accounts.remove_user(given.name)
    return f"Removed {given.name}"


def _list_users(accounts: Accounts, given: Given) -> str:
    users = sorted(accounts.current().users.items())
    return "\n".join(f"{name}\t{user.role}" for name, user in users) or "There are no users"


def _add_token(accounts: Accounts, given: Given) -> str:
    return accounts.add_token(given.name, given.scope)


def _remove_token(accounts: Accounts, given: Given) -> str:
    accounts.remove_token(given.name)
    return f"Removed {given.name}"


def _list_tokens(accounts: Accounts, given: Given) -> str:
    tokens = sorted(accounts.current().tokens.items())
    return "\n".join(f"{name}\t{token.scope}" for name, token in tokens) or "There are no tokens"


DO: dict[tuple[str, str], Callable[[Accounts, Given], str]] = {
    ("user", "add"): _add_user,
    ("user", "remove"): _remove_user,
    ("user", "list"): _list_users,
    ("token", "add"): _add_token,
    ("token", "remove"): _remove_token,
    ("token", "list"): _list_tokens,
}
