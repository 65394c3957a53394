"""From the API's OpenAPI document to requests, right and wrong ones, and whether what comes back is
what the document says.

The server is the real one, in this process. This is the only file that knows schemathesis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, Response
from schemathesis.config import GenerationConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.python.asgi import get_client
from schemathesis.specs.openapi import checks

from assistant.ask import Assistant
from assistant.serve.application import api
from assistant.serve.openai_schema import NAME
from tests.support.serving import HARBOUR, LIBRARY, UNKNOWN

ADDRESS = "http://127.0.0.1"
GENERATED = {"with-security-parameters": False}  # who asks is ours to say
CONFIG = {"generation": GENERATED, "analysis": {"constants": {"enabled": False}}}
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.allow_header_conformance,
]
ADDING = "POST /api/articles"
CHANGING = (ADDING, "DELETE /api/articles/{id}")
ANY_NAME = "GET /v1/models/{name}"  # there is no wrong request for it
OPEN = ("/healthz", "/readyz")
QUESTIONS = (HARBOUR, LIBRARY, UNKNOWN, "What was said in the last week?", "thanks!")
DAYS = ("2022-03-08", "2022-03-08T23:59:59+14:00", "8 March 2022", "yesterday")
# Values with which a request gets further than random ones do.
LIKELY: Mapping[str, tuple[Any, ...]] = {
    "question": QUESTIONS,
    "messages": tuple([{"role": "user", "content": one}] for one in QUESTIONS),
    "model": (NAME,),
    "publishers": ([], ["Harbour Wire"]),
    "publisher": (["Harbour Wire"],),
    "query": ("harbour", "March 2022"),
    **dict.fromkeys(("today", "as_of", "since", "until"), DAYS),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks, with these headers, and may do these things."""

    name: str
    headers: Mapping[str, str]
    may: frozenset[str]


SITTING_HERE = Visitor("whoever sits here", {}, frozenset({"read", "write"}))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request and who sends it."""

    visitor: Visitor
    case: Case

    def __repr__(self) -> str:
        return f"{self.visitor.name}: {self.case.operation.label} {self.case!r}"


class Unlike(AssertionError):
    """What came back is not what the document says; `kind` is the same for all of its kind."""

    def __init__(self, asked: Asked, what: str, told: str) -> None:
        super().__init__(f"{told} | {asked!r}")
        self.kind = f"{asked.case.operation.label} ({asked.visitor.name}): {what}"


class Room:
    """A server whose articles are put back after each request that changes them.

    `waits` are the operations that may say 503 here, and what they say then.
    """

    def __init__(
        self,
        assistant: Assistant,
        visitors: tuple[Visitor, ...] = (SITTING_HERE,),
        waits: tuple[str, ...] = (),
        waiting: str = "",
    ) -> None:
        self.assistant, self.visitors = assistant, visitors
        self.waits, self.waiting = waits, waiting
        self.app = api(assistant)
        self.client = get_client(self.app)
        del self.client.headers["Accept"]  # it would go before a request's own
        self.schema = schemathesis.openapi.from_asgi(
            "/openapi.json",
            self.app,
            config=schemathesis.Config.from_dict(CONFIG),
            headers={"Host": "127.0.0.1", **visitors[-1].headers},
        )
        self.operations = {
            one.ok().label: one.ok() for one in self.schema.get_all_operations() if one.ok()
        }
        self.sources = set(assistant.sources())
        self.articles = [assistant.article(one.id) for one in self.sources]

    def close(self) -> None:
        """Let go of the store."""
        self.assistant.close()

    # --- what is sent

    def requests(
        self, label: str, mode: GenerationMode, *visitors: Visitor
    ) -> st.SearchStrategy[Asked]:
        """Requests of one operation, as documented or not, by these visitors, else by any."""
        drawn = self.operations[label].as_strategy(generation_mode=mode)
        senders = st.sampled_from(visitors or self.visitors)
        return _asked(self, senders, drawn, mode is GenerationMode.POSITIVE)

    def any_requests(self) -> st.SearchStrategy[Asked]:
        """Requests of any operation, those of `edges` among them."""
        edges = [one for several in self._edges.values() for one in several]
        visitors = st.sampled_from(self.visitors)
        drawn = [self.requests(*one) for one in self.kinds()]
        return st.one_of(*drawn, st.builds(Asked, visitors, st.sampled_from(edges)))

    def kinds(self) -> Iterator[tuple[str, GenerationMode]]:
        """Each operation's label with what can be generated for it."""
        for label, operation in self.operations.items():
            yield label, GenerationMode.POSITIVE
            if label != ANY_NAME and (operation.body or any(operation.iter_parameters())):
                yield label, GenerationMode.NEGATIVE

    def edges(self, label: str, mode: GenerationMode) -> list[Case]:
        """The bounds of all that is documented, or just beyond them; and methods that are not."""
        return self._edges[label, mode]

    @cached_property
    def _edges(self) -> dict[tuple[str, GenerationMode], list[Case]]:
        # All at once, or they would not be the same whatever was asked before.
        chosen = GenerationConfig(with_security_parameters=False)
        return {
            (label, mode): list(
                self.schema.iter_coverage_cases(
                    operation, generation_modes=[mode], generation_config=chosen
                )
            )
            for label, operation in self.operations.items()
            for mode in GenerationMode
        }

    # --- what comes back

    def check(self, asked: Asked) -> int:
        """Send it; raises `Unlike` when what comes back is not as documented. The status."""
        case = asked.case
        headers = {"Authorization": "", **asked.visitor.headers}
        reply = case.call(base_url=ADDRESS, session=self.client, headers=headers)
        try:
            case.validate_response(reply, checks=CHECKS, headers=headers)
        except FailureGroup as failures:
            for one in failures.exceptions:
                if not _is_allowed(asked, reply, one):
                    raise Unlike(asked, one.title, f"{one.message}: {reply.text[:500]}") from None
        self._check_server(asked, reply)
        self._check_rights(asked, reply)
        return int(reply.status_code)

    def _check_server(self, asked: Asked, reply: Response) -> None:
        waits = asked.case.operation.label in self.waits and reply.status_code == 503
        if reply.status_code >= 500 and not (waits and self.waiting in reply.text):
            raise Unlike(asked, f"it says {reply.status_code}", reply.text[:500])
        if "\nevent: error\n" in f"\n{reply.text}":
            raise Unlike(asked, "an answer broke off", reply.text[-500:])

    def _check_rights(self, asked: Asked, reply: Response) -> None:
        may, label, status = asked.visitor.may, asked.case.operation.label, reply.status_code
        if "read" not in may and asked.case.path not in OPEN:
            seen = [one.source.title for one in self.articles if one.source.title in reply.text]
            if status != 401 or seen:
                raise Unlike(asked, f"it says {status} to nobody", reply.text[:500])
        now = set(self.assistant.sources())
        self._put_back(now)
        if "write" not in may and (now != self.sources or (label in CHANGING and status < 400)):
            raise Unlike(asked, f"it says {status} to a reader", reply.text[:500])

    def _put_back(self, now: set[Any]) -> None:
        for one in now - self.sources:
            self.assistant.store.remove(one.id)
        missing = [one for one in self.articles if one.source not in now]
        if missing:
            list(self.assistant.adding(missing))


@st.composite
def _asked(
    draw: st.DrawFn,
    room: Room,
    senders: st.SearchStrategy[Visitor],
    drawn: st.SearchStrategy[Case],
    is_right: bool,
) -> Asked:
    visitor, case = draw(senders), draw(drawn)
    if is_right and draw(st.booleans()):
        _make_likely(draw, room, case)
    if case.path == "/api/answer" and draw(st.booleans()):
        case.headers["Accept"] = "text/event-stream"
    return Asked(visitor, case)


def _make_likely(draw: st.DrawFn, room: Room, case: Case) -> None:
    """Ask for what is there, on days that there are."""
    ids = sorted(one.id for one in room.sources) or ["none"]
    if "id" in case.path_parameters:
        case.path_parameters["id"] = quote(draw(st.sampled_from(ids)), safe="")
    if "name" in case.path_parameters:
        case.path_parameters["name"] = NAME
    body = case.body if isinstance(case.body, dict) else {}
    for found in (case.query, body):
        for name in sorted(found.keys() & LIKELY.keys()):
            found[name] = draw(st.sampled_from(LIKELY[name]))
    if case.operation.label == ADDING:
        for one in case.body:
            one.update(id=draw(st.sampled_from([*ids, "new"])), published="2022-03-08")


def _is_allowed(asked: Asked, reply: Response, failure: Exception) -> bool:
    """Whether a wrong request was taken as it may be."""
    if not isinstance(failure, checks.AcceptedNegativeData):
        return False
    if asked.case.operation.label == ADDING and reply.status_code == 200:
        # An article that cannot be read: its outcome says so, and the others go on.
        return any(one["status"] == "skipped" for one in reply.json()["outcomes"])
    # An object is sent as parameters named as its fields: of the wrong one nothing is left.
    return any(isinstance(value, dict) for value in asked.case.query.values())
