"""Every number and path a person may change. The only reader of the environment."""

from __future__ import annotations

import difflib
import ipaddress
import os
import secrets
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import BadSetting

CLONE = Path(__file__).resolve().parent.parent
PREFIX = "ASSISTANT_"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# LangChain would send questions and passages to its makers' service where this is set for another
# program; whoever wants that here says so with LANGSMITH_TRACING=true.
os.environ.setdefault("LANGSMITH_TRACING", "false")
# Read when a local model is loaded: threads that spin while they wait take the processor from
# each other (3 against 41 tokens a second on a busy machine).
os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def prepare_ray(*, local: bool) -> None:
    """Set what Ray reads when it is imported: nothing is reported to its makers.

    A Ray that is started here listens to this machine alone, under a key that nobody else has.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if local:
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # on Linux too: only 127.0.0.1
        os.environ["RAY_AUTH_MODE"] = "token"
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))


def networks(named: str) -> tuple[Network, ...]:
    """The networks in a list by commas; raises `ValueError` for what is none."""
    return tuple(ipaddress.ip_network(one.strip()) for one in named.split(",") if one.strip())


def default_store() -> Path:
    """`index/store` in a clone, the platform's folder for user data elsewhere."""
    if (CLONE / "index" / "articles").is_dir():
        return CLONE / "index" / "store"
    return Path(platformdirs.user_data_path("newsroom-assistant", appauthor=False)) / "store"


class Settings(BaseSettings):
    """The settings, made once at the door and handed down.

    Each field is read from the variable ASSISTANT_<FIELD>, unless it is given here.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    store: Path = Field(default_factory=default_store, description="folder of the store")
    # Secret: it holds a password, which must not be printed with the other settings.
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="PostgreSQL that holds the articles, `postgresql://USER:PASSWORD@HOST/NAME`; "
        "empty: SQLite in the folder",
    )
    chroma_url: str = Field(
        default="",
        description="Chroma server that holds the vectors, `http://HOST:8000`; empty: a Chroma "
        "in the folder",
    )
    embedding: str = Field(
        default="minilm",
        description="`minilm`, embedded, or a LangChain embeddings string such as `openai:NAME`",
    )
    engine: Literal["auto", "openvino", "onnxruntime"] = Field(
        default="auto", description="what runs `minilm`; `auto` takes OpenVINO where it loads"
    )
    # 220: with the question's own words a passage stays inside MiniLM's window of 256 tokens.
    passage_tokens: int = Field(
        default=220, ge=32, le=2000, description="most tokens (cl100k_base) in a passage"
    )
    model: str = Field(
        default="",
        description="chat model that writes answers, `PROVIDER:NAME` or `local:FILE.gguf`; "
        "empty: none, quotations are set out as they are",
    )
    # 1,500: eight passages or so; a model of 1.5 billion weights needs about 20 s to read more.
    model_tokens: int = Field(
        default=1_500, ge=400, le=100_000, description="most tokens of passages it is shown"
    )
    model_seconds: float = Field(
        default=60.0, gt=0, le=3_600, description="longest wait for it, in seconds"
    )
    history_tokens: int = Field(
        default=600, ge=50, le=100_000, description="most tokens of the conversation it is shown"
    )
    trace: Path | None = Field(
        default=None, description="file that prompts and replies are appended to; unset: none"
    )
    limit: int = Field(default=5, ge=1, le=20, description="most quotes in an answer")
    # An article of 5 MB is a thousand pages: whatever it is, it is not one news article.
    article_bytes: int = Field(
        default=5_000_000, ge=1_000, description="largest article read, in bytes"
    )
    # 30: a large page over a poor line; a server that drips is not waited for longer.
    fetch_seconds: float = Field(
        default=30.0, gt=0, le=600, description="longest time on the network for one page"
    )
    fetch_delay: float = Field(
        default=1.0, ge=0, le=60, description="seconds between two requests to one host"
    )
    fetch_agent: str = Field(
        default="newsroom-assistant/0.1",
        pattern=r"^[A-Za-z0-9][ -~]{0,199}$",
        description="what this program calls itself to web servers; robots.txt may name it",
    )
    fetch_private: bool = Field(
        default=False, description="also fetch from this computer and its own networks"
    )
    host: str = Field(default="127.0.0.1", description="address the chat page listens on")
    port: int = Field(default=7860, ge=0, le=65535, description="port of the chat page; 0: any")
    auth: str = Field(
        default="",
        pattern=r"^(file:.+|header:[A-Za-z0-9-]{1,100})?$",
        description="who is let in: `file:PATH` of users and tokens, or `header:NAME` that a "
        "reverse proxy sets; empty: everybody, on loopback alone",
    )
    proxies: str = Field(
        default="127.0.0.1,::1",
        description="addresses or networks of reverse proxies: only theirs are believed",
    )
    editors: str = Field(
        default="", description="names in the proxy's header that may change the collection"
    )
    # A working day: who comes back tomorrow signs in again.
    session_hours: float = Field(default=12.0, gt=0, le=720, description="how long a login holds")
    cors_origins: str = Field(
        default="",
        pattern=r"^(https?://[^\s/*,]+(,https?://[^\s/*,]+)*)?$",
        description="other sites whose pages may use the API, `https://HOST`, by commas",
    )
    # 30: twice as fast as anybody reads; a program is told when to come again.
    visitor_questions: int = Field(
        default=30, ge=0, description="most questions of one visitor a minute; 0: any number"
    )
    # 1,200: 20 a second, more than two cores answer.
    questions: int = Field(
        default=1_200, ge=0, description="most questions of all together a minute; 0: any number"
    )
    # 4: two at work on two cores, and two that wait for the disk or a model.
    answers: int = Field(default=4, ge=1, le=20, description="most answers written at once")
    # 16: the last in line waits some seconds; with the four above, half the server's 40 threads.
    waiting: int = Field(default=16, ge=0, le=18, description="most questions that wait in line")
    # 4: one visitor never fills the line alone.
    visitor_answers: int = Field(
        default=4, ge=1, description="most questions of one visitor in hand or in line"
    )
    question_characters: int = Field(
        default=2_000, ge=100, le=100_000, description="longest question"
    )
    # 40: far more than `history_tokens` of them are ever shown to a model.
    history_turns: int = Field(
        default=40, ge=0, le=100, description="most turns of a conversation that are read"
    )
    # 120: a slow model's whole time, and as much again.
    answer_seconds: float = Field(
        default=120.0, gt=0, le=3_600, description="longest time for one answer on the server"
    )
    # 10 MB: a thousand articles of the usual length.
    body_bytes: int = Field(default=10_000_000, ge=10_000, description="largest request to the API")
    upload_bytes: int = Field(
        default=50_000_000, ge=10_000, description="largest upload to the page, all files together"
    )
    upload_files: int = Field(default=200, ge=1, description="most files in one upload")
    audit: Path | None = Field(
        default=None,
        description="file that each change of the collection is noted in; unset: `audit.jsonl` "
        "beside the articles",
    )
    log_questions: bool = Field(default=False, description="write questions into the log")

    def quotes(self, limit: int | None, usual: int | None = None) -> int:
        """The most quotes of an answer, `limit` if that is given; raises `BadSetting`.

        `usual` is how many an answer of its form holds, unless a number was set for all.
        """
        if limit is None:
            limit = self.limit if usual is None or "limit" in self.model_fields_set else usual
        if not 1 <= limit <= 20:
            raise BadSetting(f"limit is {limit}; an answer holds 1 to 20 quotes.")
        return limit

    @property
    def servers(self) -> dict[str, str]:
        """Where `Store` finds what is not in its folder."""
        return {"database_url": self.database_url.get_secret_value(), "chroma_url": self.chroma_url}

    @field_validator("model")
    @classmethod
    def _names_a_provider(cls, model: str) -> str:
        provider, _, name = model.partition(":")
        if model and not (provider and name):
            raise ValueError("write PROVIDER:NAME, or local:FILE.gguf")
        return model

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, proxies: str) -> str:
        networks(proxies)
        return proxies

    @classmethod
    def from_env(cls, **given: object) -> Settings:
        """The settings of this process; raises `BadSetting` for an unknown name or a bad value."""
        for name in os.environ:
            if (
                name.startswith(PREFIX)
                and name.removeprefix(PREFIX).lower() not in cls.model_fields
            ):
                raise BadSetting(_unknown(name, cls))
        try:
            return cls(**given)  # type: ignore[arg-type]  # pydantic checks the values
        except ValidationError as error:
            first = error.errors()[0]
            name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
            told = first["msg"].removeprefix("Value error, ")
            raise BadSetting(f"{name} is {first['input']!r}: {told}.") from error


def _unknown(name: str, cls: type[Settings]) -> str:
    names = [PREFIX + field.upper() for field in cls.model_fields]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.0)[0]
    return f"There is no setting {name}. Did you mean {near}? All of them: {', '.join(names)}."
