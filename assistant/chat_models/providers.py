"""From a provider string to a LangChain chat model, and from its failures to one clear line.

Knows no model's name: that is configuration. What a provider says of an error is not passed on,
since it may repeat a key.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.chat_models.timeouts import patiently
from assistant.errors import ModelFailed, NoKey, StoreFailed
from assistant.settings import Settings

if TYPE_CHECKING:  # slow to import, and without a chat model not needed
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MOST = 400  # tokens of a reply: five sentences of news, twice over
LONGEST = 20 * MOST  # characters that are read of one: not every server stops where it is told to
RETRIES = 1
EXTRAS = {
    "openai": "openai", "anthropic": "anthropic", "ollama": "ollama", "google_genai": "google",
    "google_vertexai": "google",
}  # fmt: skip
# What a status of HTTP means to whoever runs the program.
_STATUS = {
    400: "refused the request; does it know this model, and may it take so many tokens",
    401: "refused the key; is the provider's key set, and right",
    403: "refused the key; may it use this model",
    404: "does not know this model; is its name right",
    408: "did not answer in time; try again or raise ASSISTANT_MODEL_SECONDS",
    413: "refused the request as too long; lower ASSISTANT_MODEL_TOKENS",
    429: "asks for fewer questions a minute; wait and try again",
}
# What providers' clients raise over an answer that is not of their protocol.
_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError)
_tracing = threading.Lock()


def connect(settings: Settings) -> BaseChatModel:
    """The chat model that `settings.model` names.

    Raises `NoKey` without its key, `ModelFailed` without its package or file, or when LangChain
    knows no such provider.
    """
    provider, _, name = settings.model.partition(":")
    if provider == "local":
        from assistant.chat_models.gguf import LocalChat

        return LocalChat(path=Path(name).expanduser(), window=_window(settings), most=MOST)
    return _hosted(settings, provider)


def _window(settings: Settings) -> int:
    """Tokens for passages, instructions and reply, which a model may count in smaller pieces."""
    return 2 * max(settings.model_tokens, settings.history_tokens) + 1_000 + MOST


def _hosted(settings: Settings, provider: str) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    options = _OPTIONS.get(provider, _usual)(settings)
    named = f"ASSISTANT_MODEL={settings.model}"
    try:
        model: BaseChatModel = init_chat_model(settings.model, **options)
    except ImportError as error:
        extra = EXTRAS.get(provider)
        how = f"pip install 'newsroom-assistant[{extra}]'" if extra else f"pip install {error.name}"
        raise ModelFailed(f"{named} needs a package. Run: {how}") from error
    except ValueError as error:
        if _lacks_key(error):
            raise NoKey(f"{named} needs a key. {_key_help(provider)}") from error
        raise ModelFailed(
            f"{named} names no provider that LangChain knows. Write PROVIDER:NAME."
        ) from error
    except Exception as error:
        if _lacks_key(error):
            raise NoKey(f"{named} needs a key. {_key_help(provider)}") from error
        raise ModelFailed(f"{named} cannot start ({type(error).__name__}).") from error
    return model


def _usual(settings: Settings) -> dict[str, Any]:
    return {
        "temperature": 0,
        "max_tokens": MOST,
        "timeout": settings.model_seconds,
        "max_retries": RETRIES,
    }


def _ollama(settings: Settings) -> dict[str, Any]:
    return {
        "temperature": 0,
        "num_predict": MOST,
        "num_ctx": _window(settings),
        "client_kwargs": {"timeout": settings.model_seconds},
    }


_OPTIONS: Mapping[str, Callable[[Settings], dict[str, Any]]] = {"ollama": _ollama}


def _key_help(provider: str) -> str:
    return f"Set {provider.partition('_')[0].upper()}_API_KEY, or unset ASSISTANT_MODEL."


def _lacks_key(error: BaseException) -> bool:
    told = str(error).lower()
    return any(words in told for words in ("api_key", "api key", "authentication method"))


def replies(
    model: BaseChatModel, messages: Sequence[BaseMessage], settings: Settings
) -> Iterator[str]:
    """The words of the model's reply as they come; "" for each second without any.

    Whoever stops reading stops the model. Raises `ModelFailed` (or `NoKey`) with one line about
    what went wrong and what to do. With `settings.trace` prompt and reply are written down.
    """
    said, room = list[str](), LONGEST
    outcome = "stopped"
    chunks = patiently(lambda: model.stream(list(messages)), settings.model_seconds)
    try:
        with closing(chunks):
            for chunk in chunks:
                words = "" if chunk is None else str(chunk.text)[:room]
                if chunk is None or words:
                    said.append(words)
                    yield words
                if not (room := room - len(words)):
                    break
        outcome = "finished" if room else "cut off"
    except ModelFailed as error:
        outcome = str(error)
        raise
    except Exception as error:
        failed = _failure(error, settings)
        outcome = str(failed)
        raise failed from error
    finally:
        if settings.trace:
            _write_down(settings.trace, settings.model, messages, "".join(said), outcome)


def _failure(error: BaseException, settings: Settings) -> ModelFailed:
    """What a provider's error means, without a word of its own text."""
    named = f"The model {settings.model}"
    chain: list[BaseException] = [error]
    while len(chain) < 8 and (before := chain[-1].__cause__ or chain[-1].__context__):
        chain.append(before)
    names = " ".join(kind.__name__ for one in chain for kind in type(one).__mro__)
    statuses = [getattr(one, name, None) for one in chain for name in ("status_code", "code")]
    status = next((one for one in statuses if isinstance(one, int) and 400 <= one < 600), None)
    if status == 401 or _lacks_key(error):
        provider = settings.model.partition(":")[0]
        return NoKey(f"{named} {_STATUS[401]}? {_key_help(provider)}")
    if status in _STATUS:
        return ModelFailed(f"{named} {_STATUS[status]}{'?' if status < 408 else '.'}")
    if status is not None:
        return ModelFailed(f"{named} is failing (HTTP {status}). Try again later.")
    if "Timeout" in names:
        return ModelFailed(f"{named} {_STATUS[408]}.")
    if "Connect" in names or "RemoteProtocol" in names:
        return ModelFailed(f"{named} cannot be reached. Is its server running?")
    if "APIError" in names:  # told of within a reply, which has no status of its own
        return ModelFailed(f"{named} is failing. Try again later.")
    if any(isinstance(one, _UNREADABLE) for one in chain):
        return ModelFailed(f"{named} sent what is no reply. Is its address right?")
    return ModelFailed(f"{named} failed ({type(error).__name__}). Try again.")


def _write_down(
    path: Path, model: str, messages: Sequence[BaseMessage], reply: str, outcome: str
) -> None:
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": model,
        "prompt": [{"role": one.type, "text": str(one.text)} for one in messages],
        "reply": reply,
        "outcome": outcome,
    }
    try:
        with _tracing, path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreFailed(  # no mistake of whoever asks: over HTTP its words stay in the log
            f"ASSISTANT_TRACE={path} cannot be written: {error.strerror}. Choose another file."
        ) from error
