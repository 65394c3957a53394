"""Which addresses are asked at all: none inside, whatever leads there."""

from __future__ import annotations

import contextlib
import socket
import threading

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import NotFetched
from assistant.settings import Settings
from assistant.sources.web.allowed_addresses import is_address, parse, refusal, same_site
from assistant.sources.web.web_client import Web
from tests.support.misbehaving import Server, redirect, reply

PRIVATE = """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 100.64.0.1 192.0.2.1 240.0.0.1 0.1.2.3 ::1
    fc00::1 2001:db8::1 fec0::1 ::10.0.0.1 ::ffff:127.0.0.1 2002:a00:1:: 64:ff9b::7f00:1
    64:ff9b:1::a00:1 2001:0:a00:1::f7f7:f7f7""".split()
NEVER = """169.254.169.254 fd00:ec2::254 100.100.100.200 fe80::1%eth0 224.0.0.1 ff02::1 0.0.0.0 ::
    ::ffff:169.254.169.254 2002:a9fe:a9fe:: 64:ff9b::a9fe:a9fe 255.255.255.255""".split()
PUBLIC = """8.8.8.8 2606:4700::1111 ::ffff:8.8.8.8 2002:808:808:: 64:ff9b::808:808""".split()


@pytest.fixture
def quick(settings: Settings) -> Settings:
    return settings.model_copy(update={"fetch_delay": 0.0, "fetch_seconds": 2.0})


@pytest.mark.parametrize("machine", PRIVATE)
def test_a_private_machine_is_asked_only_when_allowed(machine: str) -> None:
    assert "--allow-private" in refusal(machine, allow_private=False)
    assert refusal(machine, allow_private=True) == ""


@pytest.mark.parametrize("machine", NEVER)
def test_some_machines_are_never_asked(machine: str) -> None:
    assert "never asked" in refusal(machine, allow_private=True)
    assert refusal(machine, allow_private=False)


@pytest.mark.parametrize("machine", PUBLIC)
def test_a_public_machine_is_asked(machine: str) -> None:
    assert refusal(machine, allow_private=False) == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "localhost"])
def test_this_computer_is_not_asked_however_it_is_written(
    server: Server, quick: Settings, host: str
) -> None:
    server.says("/a", reply(b"Secret."))
    with pytest.raises(NotFetched, match=r"private address.*--allow-private"):
        Web(quick).get(server.url("/a", host))
    assert server.asked == []


def test_a_name_is_refused_when_one_of_its_machines_is_inside(
    server: Server, quick: Settings
) -> None:
    web = Web(quick, resolve=lambda host, port: ["8.8.8.8", "127.0.0.1"])
    with pytest.raises(NotFetched, match=r"harbour\.example is 127\.0\.0\.1, a private address"):
        web.get(server.url("/a", "harbour.example"))
    assert server.asked == []


def test_a_redirect_into_the_own_network_is_refused(server: Server, quick: Settings) -> None:
    inside = Server()
    # Given: a name that may be asked (as a public one), which leads to one that may not.
    answers = {"outside.example": ["127.0.0.1"], "inside.example": ["169.254.169.254"]}
    web = Web(quick, allow_private=True, resolve=lambda host, port: answers[host])
    server.says("/a", redirect(inside.url("/keys", "inside.example")))

    with pytest.raises(NotFetched, match=r"inside\.example is 169\.254\.169\.254"):
        web.get(server.url("/a", "outside.example"))

    inside.close()
    assert inside.asked == []


def test_a_name_that_changes_its_machine_is_checked_each_time(
    server: Server, quick: Settings
) -> None:
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    web = Web(quick, allow_private=True, resolve=lambda host, port: answers.pop(0))
    with pytest.raises(NotFetched, match=r"169\.254\.169\.254"):
        web.get(server.url("/a", "rebinding.example"))
    assert [one.path for one in server.asked] == ["/robots.txt"]


def test_the_machine_that_was_checked_is_the_one_connected_to(
    server: Server, quick: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    known = socket.getaddrinfo

    def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    def by_number_only(host: str, *args: object, **more: object) -> object:
        assert host == "127.0.0.1"
        return known(host, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", by_number_only)
    server.says("/a", reply(b"The quay."))
    Web(quick, allow_private=True, resolve=resolve).get(server.url("/a", "harbour.example"))

    assert looked_up == ["harbour.example"] * len(server.asked)
    assert server.asked[-1].headers["host"] == f"harbour.example:{server.port}"


def test_a_machine_that_does_not_answer_is_passed_over_for_the_next(
    server: Server, quick: Settings
) -> None:
    web = Web(quick, allow_private=True, resolve=lambda host, port: ["::1", "127.0.0.1"])
    server.says("/a", reply(b"The quay."))
    assert web.get(server.url("/a", "harbour.example")).body == b"The quay."


def test_tls_is_spoken_with_the_hosts_name_and_proved(server: Server, quick: Settings) -> None:
    hellos: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(3)
    web = Web(
        quick,
        allow_private=True,
        resolve=lambda host, port: ["127.0.0.1"],
        sleep=lambda seconds: None,
    )

    def answer() -> None:
        for _ in range(3):
            accepted, _address = listening.accept()
            with accepted:
                hellos.append(accepted.recv(4_096))

    thread = threading.Thread(target=answer)
    thread.start()
    with pytest.raises(NotFetched, match=r"robots\.txt (did not|cannot)"):
        web.get(f"https://harbour.example:{listening.getsockname()[1]}/a")
    thread.join()
    listening.close()

    assert all(hello[0] == 22 and b"harbour.example" in hello for hello in hellos)


def test_a_proxy_of_the_environment_is_not_used(
    server: Server, quick: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    url = server.says("/a", reply(b"The quay."))
    assert Web(quick, allow_private=True).get(url).body == b"The quay."


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://a.example/b", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://me:secret@a.example/", "without"),
        ("http://", "names no host"),
        ("http://a..b/", "names no host"),
        ("http://a.example:0/", "names no host and port"),
        ("http://xn--/", "no web address"),
        ("http://[::1", "no web address"),
        ("http://a.example/\r\nX: y", "no web address"),
        ("http://a.example/" + "a" * 3_000, "longer than 2,000"),
    ],
)
def test_what_is_no_address_gets_one_line(address: str, told: str) -> None:
    with pytest.raises(NotFetched, match=told) as raised:
        parse(address)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


@hypothesis.settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(words: str) -> None:
    for address in (words, f"http://{words}", f"https://a.example/{words}"):
        with contextlib.suppress(NotFetched):
            assert parse(address).scheme in ("http", "https")


def test_a_host_that_does_not_exist_is_told(quick: Settings) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(NotFetched, match=r"there is no host nowhere\.example: check the address"):
        Web(quick, resolve=unknown).get("http://nowhere.example/a")


def test_a_path_is_no_address() -> None:
    assert [is_address(name) for name in ("HTTPS://a.example", "ftp://a", "a/b.html", "-")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.paper.co.uk/a", "http://news.paper.co.uk/b", True),
        ("https://paper.co.uk/a", "https://other.co.uk/a", False),
        ("https://ann.github.io/a", "https://bo.github.io/a", False),
        ("https://www.harbour.example/a", "https://harbour.example/b", True),
        ("https://harbour.example/a", "https://harbour.example.evil.example/a", False),
        ("http://127.0.0.1:80/a", "http://127.0.0.1:81/a", False),
        ("http://10.0.0.1/a", "http://11.0.0.1/a", False),
        ("http://wiki/a", "http://wiki/b", True),
        ("", "", False),
    ],
)
def test_a_site_is_what_one_registers(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
