"""The errors a person can act on.

AssistantError
├── BadArticle     an article that cannot be read: this one is skipped, the others go on
├── NotFetched     a page that cannot be fetched: this one is skipped, the others go on
├── BadSetting     a setting or an argument that makes no sense
├── NoIndex        nothing has been indexed where we looked
├── StaleIndex     the store was built with another embedding, or by a newer version
├── StoreBusy      another process holds what this command needs
├── StoreFailed    the store cannot be read or written: full disk, no permission, damage
│   ├── StoreFull      ... there is no room on its disk
│   └── AlteredQuote   ... a quotation is not what its article prints: it is held back
├── NotAllowed     who asks may not do this: an editor may
├── NotNow         more is asked than is answered: try again in a while
│   ├── TooOften       ... by this visitor
│   └── TooBusy        ... by all together
├── WorkerLost     processes that embed end one after the other: these articles are skipped
└── ModelFailed    the embedding cannot be loaded or does not answer
    └── NoKey      ... because its key is missing

Every message says what happened, with what, and what to do, in that order, on one line.
"""

from __future__ import annotations

import math


class AssistantError(Exception):
    """Something a person can put right; the message says how."""


class BadArticle(AssistantError):
    """An article that cannot be read or stored."""


class NotFetched(AssistantError):
    """A page that cannot or must not be fetched."""


class BadSetting(AssistantError):
    """A setting or argument with a value that cannot be used."""


class NoIndex(AssistantError):
    """There is no store here, or no article in it."""


class StaleIndex(AssistantError):
    """The store and this program do not fit together."""


class StoreBusy(AssistantError):
    """Another process holds the store."""


class StoreFailed(AssistantError):
    """The store cannot be read or written."""


class StoreFull(StoreFailed):
    """There is no room to write."""


class AlteredQuote(StoreFailed):
    """A quotation that does not stand in its article as stored."""


class NotAllowed(AssistantError):
    """Something that this visitor may not do."""


class NotNow(AssistantError):
    """Something that may be asked again in `seconds`; its line says so."""

    def __init__(self, told: str, seconds: float = 5.0) -> None:
        self.seconds = max(1, math.ceil(seconds))
        super().__init__(f"{told} Try again in {self.seconds} s.")


class TooOften(NotNow):
    """One visitor asks for more than one visitor may."""


class TooBusy(NotNow):
    """All together ask for more than this server can do."""


class WorkerLost(AssistantError):
    """A process that embeds ended before it answered."""


class ModelFailed(AssistantError):
    """A model cannot be loaded or does not answer."""


class NoKey(ModelFailed):
    """A model needs a key that is not set."""
