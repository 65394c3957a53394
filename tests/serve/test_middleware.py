"""Who is let in, by what, from where, with how much."""

from __future__ import annotations

from pathlib import Path

import pytest

import app
from assistant.access.origins import follow
from assistant.access.permissions import NOBODY, visit
from assistant.errors import BadSetting
from assistant.serve.middleware import middleware, require
from assistant.settings import Settings, networks
from tests.support.serving_keys import ADDRESS, bearer, behind, client_of, served


def test_nobody_listens_to_others_without_asking_who_they_are() -> None:
    with pytest.raises(BadSetting, match=r"^0\.0\.0\.0 can be reached.*ASSISTANT_AUTH"):
        require(Settings(host="0.0.0.0"))
    for host in ("127.0.0.1", "::1", "localhost", "127.8.8.8"):
        require(Settings(host=host))
    require(Settings(host="0.0.0.0", auth="header:X-Remote-User"))


def test_the_page_alone_is_for_this_computer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["app.py", "--host", "0.0.0.0"])
    assert app.main() == 1
    assert "ASSISTANT_AUTH" in capsys.readouterr().err
    monkeypatch.setenv("ASSISTANT_AUTH", "header:X-Remote-User")
    assert app.main() == 1
    assert "Serve the page with: python -m assistant.serve" in capsys.readouterr().err


@pytest.mark.parametrize("auth", ["yes", "file:", "header:", "header:a b", "file"])
def test_a_setting_that_means_nothing_is_refused(
    auth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_AUTH", auth)
    with pytest.raises(BadSetting, match="ASSISTANT_AUTH"):
        Settings.from_env()
    monkeypatch.setenv("ASSISTANT_AUTH", "")
    monkeypatch.setenv("ASSISTANT_PROXIES", "proxy.example")
    with pytest.raises(BadSetting, match="ASSISTANT_PROXIES"):
        Settings.from_env()


def test_at_ones_own_computer_nothing_is_asked(tmp_path: Path) -> None:
    client = client_of(served(Settings(store=tmp_path)))
    assert client.get("/").text == "the page"
    assert client.post("/api/articles", content=b"1234").text == "4"
    # Clients of OpenAI always send a key.
    assert client.post("/v1/chat/completions", headers=bearer("sk-none")).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.1", "[", ""])
def test_a_name_that_was_made_to_point_here_reads_nothing(tmp_path: Path, host: str) -> None:
    client = client_of(served(Settings(store=tmp_path)))
    assert client.get("/", headers={"Host": host}).status_code == 421
    for own in ("localhost:7860", "127.0.0.1", "[::1]:7860"):
        assert client.get("/", headers={"Host": own}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ADDRESS},
    ],
)
def test_a_page_of_another_site_changes_nothing(tmp_path: Path, sent: dict[str, str]) -> None:
    client = client_of(served(Settings(store=tmp_path)))
    refused = client.post("/api/articles", content=b"[]", headers=sent)
    assert refused.status_code == 403
    assert "another site" in refused.json()["error"]
    own = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/articles", headers=own).status_code == 200


def test_without_a_token_a_program_gets_one_line(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    for headers in ({}, bearer("newsroom_made-up"), {"Authorization": "Basic YTpi"}):
        refused = client.post("/api/answer", headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer ")
        assert refused.json() == {"error": refused.json()["error"]}
    assert client.get("/api/answer", headers={"Accept": "text/html"}).status_code == 401
    told = client.post("/v1/chat/completions").json()["error"]
    assert (told["type"], told["code"]) == ("authentication_error", None)
    assert client.get("/healthz").status_code == 200


def test_a_token_may_what_its_scope_says(tmp_path: Path) -> None:
    client, accounts = behind(tmp_path)
    reads = bearer(accounts.add_token("reads", "read"))
    writes = bearer(accounts.add_token("writes", "write"))
    assert client.post("/api/answer", headers=reads).json() == "token reads"
    refused = client.post("/api/articles", headers=reads)
    assert refused.status_code == 403
    assert "for editors" in str(refused.json())
    assert client.post("/api/articles", headers=writes).status_code == 200
    accounts.remove_token("writes")
    assert client.post("/api/articles", headers=writes).status_code == 401


def test_a_reader_uploads_nothing(tmp_path: Path) -> None:
    client, accounts = behind(tmp_path)
    reads = bearer(accounts.add_token("reads", "read"))
    writes = bearer(accounts.add_token("writes", "write"))
    assert client.post("/gradio_api/upload", headers=reads).status_code == 403
    assert client.post("/gradio_api/upload", headers=writes).status_code == 200


def test_when_the_accounts_cannot_be_read_nobody_gets_in(tmp_path: Path) -> None:
    client, accounts = behind(tmp_path)
    token = bearer(accounts.add_token("reads", "read"))
    accounts.path.write_text("damaged")
    refused = client.post("/api/answer", headers=token)
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "60"
    assert str(tmp_path) not in refused.text


def test_without_a_door_nobody_may_anything() -> None:
    from starlette.requests import HTTPConnection

    assert visit(HTTPConnection({"type": "http"})).who is NOBODY


def by_header(tmp_path: Path, **given: str) -> Settings:
    return Settings(store=tmp_path, auth="header:X-Remote-User", editors="ann, cy", **given)  # type: ignore[arg-type]


def test_a_proxy_says_who_it_is(tmp_path: Path) -> None:
    client = client_of(served(by_header(tmp_path)))
    own = {"Origin": ADDRESS}
    assert client.post("/api/answer", headers={"X-Remote-User": "bob", **own}).json() == "bob"
    bob = client.post("/api/articles", headers={"X-Remote-User": "bob", **own})
    ann = client.post("/api/articles", headers={"X-Remote-User": "ann", **own})
    assert (bob.status_code, ann.status_code) == (403, 200)


def test_a_name_in_the_header_is_believed_of_a_proxy_alone(tmp_path: Path) -> None:
    sent = {"X-Remote-User": "ann", "Origin": ADDRESS}
    stranger = client_of(served(by_header(tmp_path)), peer="192.0.2.7")
    assert stranger.post("/api/answer", headers=sent).status_code == 401
    near = client_of(served(by_header(tmp_path, proxies="192.0.2.0/24")), peer="192.0.2.7")
    assert near.post("/api/answer", headers=sent).json() == "ann"
    twice = [*sent.items(), ("X-Remote-User", "cy")]
    assert near.post("/api/answer", headers=twice).status_code == 401
    for name in ("", "token writes", "a\tb", "x" * 101):
        assert near.post("/api/answer", headers={**sent, "X-Remote-User": name}).status_code == 401


def test_a_proxy_is_believed_when_it_tells_who_spoke_to_it(tmp_path: Path) -> None:
    client = client_of(served(by_header(tmp_path)))
    sent = {"X-Remote-User": "bob", "Origin": ADDRESS, "X-Forwarded-For": "203.0.113.9"}
    assert client.post("/api/answer", headers=sent).json() == "bob"


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 127.0.0.1", "203.0.113.9"),
        ("203.0.113.9, <script>alert(1)</script>", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_only_an_address_is_taken_for_one(told: str, address: str) -> None:
    headers = [(b"x-forwarded-for", told.encode())]
    scope = {"type": "http", "client": ("127.0.0.1", 50_000), "headers": headers}
    assert follow(scope, networks("127.0.0.0/8")) == address


def test_a_body_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    client = client_of(served(Settings(store=tmp_path, body_bytes=10_000)))
    assert client.post("/api/articles", content=b"x" * 10_000).text == "10000"
    declared = client.post("/api/articles", content=b"x" * 10_001)
    dripped = client.post("/api/articles", content=iter([b"x" * 6_000, b"x" * 6_000]))
    lied = client.post("/api/articles", headers={"Content-Length": "-1"})
    assert [one.status_code for one in (declared, dripped, lied)] == [413] * 3


def test_each_response_keeps_the_browser_here(tmp_path: Path) -> None:
    client, _ = behind(tmp_path)
    for path in ("/api/answer", "/healthz", "/login"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store" or path == "/login"
    page = client_of(served(Settings(store=tmp_path))).get("/")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"


def test_no_other_site_reads_along_unless_set(tmp_path: Path) -> None:
    from_there = {"Origin": "https://desk.example"}
    closed = client_of(served(Settings(store=tmp_path))).get("/", headers=from_there)
    assert not [name for name in closed.headers if name.startswith("access-control")]
    client, accounts = behind(tmp_path, cors_origins="https://desk.example")
    token = bearer(accounts.add_token("desk", "read"))
    opened = client.post("/api/answer", headers={**from_there, **token})
    assert opened.headers["access-control-allow-origin"] == "https://desk.example"
    assert "access-control-allow-credentials" not in opened.headers
    other = client.post("/api/answer", headers={"Origin": "https://evil.example", **token})
    assert "access-control-allow-origin" not in other.headers


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "argon2", None)
    with pytest.raises(BadSetting, match=r"Run: pip install 'newsroom-assistant\[serve\]'"):
        middleware(Settings(store=tmp_path, auth=f"file:{tmp_path}/accounts.json"))
