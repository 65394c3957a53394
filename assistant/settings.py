"""Every number and path a person may change. The only reader of the environment."""

from __future__ import annotations

import difflib
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

    @property
    def servers(self) -> dict[str, str]:
        """Where `Store` finds what is not in its folder."""
        return {
            "database_url": self.database_url.get_secret_value(),
            "chroma_url": self.chroma_url,
        }

    @field_validator("model")
    @classmethod
    def _names_a_provider(cls, model: str) -> str:
        provider, _, name = model.partition(":")
        if model and not (provider and name):
            raise ValueError("write PROVIDER:NAME, or local:FILE.gguf")
        return model

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
