"""From a list of sources to a store that is kept up to date, round after round, until stopped."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.errors import AssistantError, BadSetting
from assistant.indexing import source_list
from assistant.indexing.reading import Manner, Named
from assistant.indexing.source_list import Watched, span_in_words
from assistant.outcomes import Outcome
from assistant.sources.web.web_client import Web

logger = logging.getLogger("assistant.indexing.watching")

_MOST_INTERVALS = 8  # between two attempts at a source that keeps failing
_LOOK = timedelta(seconds=20)  # how often the file is looked at while nothing is due
_MOST_SAID = 10_000  # lines remembered so as not to be said again
Adding = Callable[[Iterable[Named], Manner], Iterator[Outcome]]  # `Assistant.adding`
KINDS = ("added", "updated", "unchanged", "skipped", "removed")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: how many articles became what, which sources failed, when the next is."""

    number: int
    at: datetime
    counts: Counter[str]
    failing: tuple[str, ...] = ()
    read: int = 0
    next_in: timedelta | None = None

    def __str__(self) -> str:
        kinds = [kind for kind in KINDS if kind != "removed" or self.counts[kind]]
        told = ", ".join(f"{self.counts[kind]:,} {kind}" for kind in kinds)
        after = "" if self.next_in is None else f"; next in {span_in_words(self.next_in)}"
        if self.next_in == timedelta():
            after = "; next at once"
        return f"{self.at:%Y-%m-%d %H:%M} round {self.number}: {told}{after}"

    def to_dict(self) -> dict[str, object]:
        """As a line of JSON holds it."""
        seconds = None if self.next_in is None else round(self.next_in.total_seconds())
        return {
            "round": self.number,
            "at": self.at.isoformat(timespec="seconds"),
            **{kind: self.counts[kind] for kind in KINDS},
            "failing": list(self.failing),
            "next_in_seconds": seconds,
        }


@dataclass(slots=True)
class State:
    """When a source is read next, and how often in a row it has failed."""

    due: datetime
    failures: int = 0


def now() -> datetime:
    """The moment it is, in this machine's zone."""
    return datetime.now(UTC).astimezone()


@dataclass(slots=True)
class Watcher:
    """Reads the sources of a file when they are due.

    `wait(seconds)` waits and says whether to stop, at 0 seconds too; `say` gets what a person may
    want to know, each line once; `clock` tells the moment.
    """

    adding: Adding
    path: Path
    web: Web
    wait: Callable[[float], bool]
    say: Callable[[str], None]
    clock: Callable[[], datetime] = now
    rounds: int = 0
    sources: tuple[Watched, ...] = ()
    _raw: bytes = b""
    _states: dict[tuple[str, str], State] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)

    def run(self, tell: Callable[[Round], None], *, once: bool = False) -> bool:
        """Read what is due, and `tell` of each round, until `wait` says so or, with `once`, once.

        Says whether any source could be read in the last round. Raises `BadSetting` for a file
        that cannot be used at the beginning; one that goes bad later is said, and the last good
        one stays.
        """
        self._load(first=True)
        while True:
            done = self._round(once=once)
            tell(done)
            if once or self.wait(0):
                return len(done.failing) < done.read or not done.read
            while self._next() > self.clock():
                left = min(self._next() - self.clock(), _LOOK)
                if self.wait(left.total_seconds()):
                    return True
                self._load()

    def _load(self, *, first: bool = False) -> None:
        """Read the file again when it has changed; new sources are due at once."""
        try:
            raw = self.path.read_bytes()
            if raw == self._raw:
                return
            self._raw = raw
            self.sources = source_list.parse(raw, self.path)
        except (OSError, BadSetting) as error:
            if first:
                raise BadSetting(_cannot(self.path, error)) from error
            self._once(f"{_cannot(self.path, error)} Going on with the list as it was.")
            return
        if not first:
            self.say(f"{self.path} has changed: {len(self.sources)} sources")
        known, begin = self._states, self.clock()
        self._states = {}
        for source in self.sources:
            state = known.get(_key(source), State(begin))
            state.due = min(state.due, begin + source.every * _MOST_INTERVALS)
            self._states[_key(source)] = state

    def _next(self) -> datetime:
        return min(state.due for state in self._states.values())

    def _round(self, *, once: bool) -> Round:
        self.rounds += 1
        at = self.clock()
        counts: Counter[str] = Counter()
        failing: list[str] = []
        read = 0
        for source in self.sources:
            state = self._states[_key(source)]
            if state.due > at:
                continue
            if self.wait(0):
                break
            read += 1
            failed = self._read(source, counts)
            failing += [source.where] if failed else []
            self._schedule(source, state, at, failed=failed)
        following = None if once else max(self._next() - self.clock(), timedelta())
        return Round(self.rounds, at, counts, tuple(failing), read, following)

    def _read(self, source: Watched, counts: Counter[str]) -> bool:
        """Add what the source has; says whether it failed as a whole."""
        own, others = False, False
        try:
            outcomes = self.adding([source.named(self.clock().date())], Manner(web=self.web))
            with closing(outcomes):  # type: ignore[type-var]  # a generator
                for outcome in outcomes:
                    if self.wait(0):
                        break
                    counts[outcome.status] += 1
                    self._tell(outcome)
                    skipped = outcome.status == "skipped"
                    own = own or (skipped and outcome.where == source.where)
                    others = others or not skipped
        except AssistantError as error:
            self._once(f"failed {source.where}: {error}")
            return True
        except Exception as error:  # a fault of ours, met in one source: the others go on
            logger.exception("a fault while reading %s", source.where)
            self._once(f"failed {source.where}: {type(error).__name__}, a fault of this program")
            return True
        return own and not others

    def _schedule(self, source: Watched, state: State, at: datetime, *, failed: bool) -> None:
        """When the source is read next; one that keeps failing is given ever more time."""
        if not failed and state.failures > 1:
            self.say(f"{source.where} works again")
        state.failures = state.failures + 1 if failed else 0
        # Folders cost nobody anything, and may well be empty now and then.
        backs_off = failed and source.kind != "folder"
        intervals = min(2 ** (state.failures - 1), _MOST_INTERVALS) if backs_off else 1
        state.due = (
            at + source.every * intervals
        )  # from the round on: what is due together stays so
        if backs_off and state.failures == 2:
            longest = span_in_words(source.every * _MOST_INTERVALS)
            self.say(f"{source.where} keeps failing: tried less often, at last every {longest}")

    def _tell(self, outcome: Outcome) -> None:
        if outcome.status in ("skipped", "removed"):
            self._once(f"{outcome.status} {outcome.where}: {outcome.reason}")

    def _once(self, line: str) -> None:
        if line in self._said:
            return
        if len(self._said) >= _MOST_SAID:
            self._said.clear()
        self._said.add(line)
        self.say(line)


def _key(source: Watched) -> tuple[str, str]:
    return source.kind, source.where


def _cannot(path: Path, error: OSError | BadSetting) -> str:
    if isinstance(error, BadSetting):
        return str(error)
    return f"{path} cannot be read: {(error.strerror or str(error)).lower()}."
