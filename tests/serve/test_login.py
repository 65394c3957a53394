"""The login page: in with name and password, from our own page alone, and not by guessing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from assistant.access.origins import neighbourhood
from assistant.access.sessions import EACH, Sessions
from assistant.serve import login as rules
from assistant.serve.login import within
from assistant.serve.middleware import AccessControl
from tests.support.serving_keys import ADDRESS, PASSWORD, behind, client_of, served

OWN = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
HTML = {"Accept": "text/html"}


def fields(client: TestClient, **changed: str) -> dict[str, str]:
    """The form, as the page gives it, filled in."""
    proof = re.search(r'name="form" value="(\w+)"', client.get("/login").text)
    assert proof
    return {"name": "ann", "password": PASSWORD, "next": "/", "form": proof[1], **changed}


def sign_in(client: TestClient, **changed: str) -> Response:
    own = {**OWN, "Origin": str(client.base_url).rstrip("/")}
    return client.post("/login", data=fields(client, **changed), headers=own)


def test_who_signs_in_comes_back_to_where_they_were_going(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    sent = client.get("/?article=a%26b&start=0", headers=HTML)
    assert sent.status_code == 303
    page = client.get(sent.headers["location"])
    assert 'value="/?article=a%26b&amp;start=0"' in page.text
    back = sign_in(client, next="/?article=a%26b&start=0")
    assert (back.status_code, back.headers["location"]) == (303, "/?article=a%26b&start=0")
    assert client.get("/", headers=HTML).text == "the page"


def test_the_cookie_is_a_scripts_and_another_sites_neither(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    given = sign_in(client).headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    assert "Path=/" in given
    assert "Secure" not in given


def test_behind_tls_the_cookie_never_goes_without(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    client.headers["X-Forwarded-Proto"] = "https"
    assert "Secure" in client.get("/login").headers["set-cookie"]
    client.base_url = "https://127.0.0.1:7860"
    given = sign_in(client).headers["set-cookie"]
    assert given.startswith("__Host-newsroom_session=")
    assert "Secure" in given
    assert client.post("/api/answer", headers={"Origin": "https://127.0.0.1:7860"}).json() == "ann"


def test_a_stranger_does_not_make_the_server_believe_in_tls(tmp_path: Path) -> None:
    near, _ = behind(tmp_path)
    client = client_of(near.app, peer="192.0.2.7")  # type: ignore[arg-type]
    client.headers["X-Forwarded-Proto"] = "https"
    assert sign_in(client).headers["set-cookie"].startswith("newsroom_session=")


def test_a_session_does_what_its_user_may_until_it_ends(tmp_path: Path) -> None:
    client, accounts = behind(tmp_path)
    assert sign_in(client, name="bob").status_code == 303
    assert client.post("/api/answer", headers=OWN).json() == "bob"
    assert client.post("/api/articles", headers=OWN).status_code == 403
    accounts.add_user("bob", PASSWORD + " and more", "editor")
    assert client.post("/api/answer", headers=OWN).status_code == 401


def test_who_signs_out_is_out_with_a_stolen_cookie_too(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    sign_in(client)
    kept = client.cookies["newsroom_session"]
    assert "Sign out" in client.get("/login").text
    assert client.post("/logout", headers=OWN).status_code == 303
    client.cookies.set("newsroom_session", kept)
    assert client.post("/api/answer", headers=OWN).status_code == 401


def test_a_user_who_is_removed_is_out_at_once(tmp_path: Path) -> None:
    client, accounts = behind(tmp_path)
    sign_in(client)
    accounts.remove_user("ann")
    assert client.post("/api/answer", headers=OWN).status_code == 401


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_session_changes_nothing_for_another_sites_page(
    tmp_path: Path, sent: dict[str, str]
) -> None:
    client, _ = behind(tmp_path, cors_origins="https://evil.example")
    form = fields(client)
    sign_in(client)
    for path in ("/api/articles", "/logout", "/gradio_api/upload"):
        assert client.post(path, headers=sent).status_code == 403
    assert client.post("/login", data=form, headers=sent).status_code == 403
    assert client.post("/api/answer", headers=OWN).status_code == 200


def test_a_form_that_is_not_ours_signs_nobody_in(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    for form in ("", "0" * 64, "é" * 64):
        refused = sign_in(client, form=form)
        assert refused.status_code == 403
        assert "too old" in refused.text
    elsewhere, _ = behind(tmp_path)
    assert sign_in(client, form=fields(elsewhere)["form"]).status_code == 403
    assert "newsroom_session" not in client.cookies


def test_what_is_typed_comes_back_as_text(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    hostile = '"><script>alert(1)</script>'
    page = sign_in(client, name=hostile, next=f"/?q={hostile}", password="wrong password")
    assert page.status_code == 403
    assert "<script" not in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "same-origin"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    wrong = [sign_in(client, **one) for one in ({"name": "cy"}, {"password": "not this one"})]
    bodies = [re.sub(r'name="form" value="\w+"', "", one.text) for one in wrong]
    assert bodies[0] == bodies[1]


def test_who_guesses_at_a_name_has_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "NAME_TRIES", 3)
    client, _ = behind(tmp_path)
    for _ in range(3):
        assert sign_in(client, password="not this one").status_code == 403
    refused = sign_in(client)  # the right one does not help
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 301
    assert sign_in(client, name="bob").status_code == 303


def test_who_guesses_from_an_address_has_to_wait_whatever_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ADDRESS_TRIES", 3)
    client, _ = behind(tmp_path)
    client.headers["X-Forwarded-For"] = "203.0.113.9"
    for name in ("a", "b", "c"):
        assert sign_in(client, name=name).status_code == 403
    # Whoever speaks may write further addresses to the left.
    client.headers["X-Forwarded-For"] = "198.51.100.1, 203.0.113.9"
    assert sign_in(client).status_code == 429
    client.headers["X-Forwarded-For"] = "203.0.113.10"
    assert sign_in(client).status_code == 303


def test_an_address_of_ipv6_is_its_whole_network() -> None:
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:1") == "2001:db8::/64"
    assert neighbourhood("2001:db8:1::1") != neighbourhood("2001:db8::1")
    assert neighbourhood("192.0.2.7") == "192.0.2.7"


def test_who_signs_in_often_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "NAME_TRIES", 2)
    client, _ = behind(tmp_path)
    for _ in range(4):
        assert sign_in(client).status_code == 303
        client.post("/logout", headers=OWN)


def test_a_huge_form_is_not_read(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    assert sign_in(client, password="x" * 20_000).status_code == 403
    assert "newsroom_session" not in client.cookies


ELSEWHERE = [
    "",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/" + "x" * 2_000,
    "/login",
    "/logout?x=1",
]


@pytest.mark.parametrize("next", ELSEWHERE)
def test_no_address_leads_elsewhere_after_the_login(next: str) -> None:
    assert within(next) == "/"


def test_sessions_end_and_are_bounded() -> None:
    now = [0.0]
    sessions = Sessions(3600, lambda: now[0])
    first = sessions.begin("ann", "hash")
    others = [sessions.begin("bob", "hash") for _ in range(EACH + 5)]
    assert len(sessions) == EACH + 1
    assert sessions.found(others[4]) is None
    assert sessions.found(first)
    now[0] = 3601.0
    assert sessions.found(first) is None
    sessions.begin("cy", "hash")
    assert len(sessions) == 1


def test_what_a_server_keeps_does_not_hold_the_cookie() -> None:
    sessions = Sessions(3600)
    id = sessions.begin("ann", "hash")
    assert id not in str(vars(sessions))


def test_a_door_without_users_has_no_login_page(tmp_path: Path) -> None:
    from assistant.settings import Settings

    app = served(Settings(store=tmp_path, auth="header:X-Remote-User"))
    assert client_of(app).get("/", headers=HTML).status_code == 401
    assert any(layer.cls is AccessControl for layer in app.user_middleware)
