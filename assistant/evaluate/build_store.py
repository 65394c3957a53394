"""From the files that questions are about to a store, built once and used again."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import platformdirs
from pydantic import SecretStr
from rich.text import Text

from assistant import sources
from assistant.ask import Assistant
from assistant.command_line import bar, errors
from assistant.errors import BadSetting
from assistant.evaluate import story_files
from assistant.records import Article
from assistant.settings import Settings
from assistant.sources.build_article import Skipped
from assistant.sources.files import json_lines
from assistant.sources.files.count_articles import count
from assistant.sources.files.read_files import READERS, read

TITLE_WORDS = 12  # of an article without a title: all of them are to be indexed
QUESTIONS = ("questions.jsonl", "unanswerable.jsonl")
NOTE = "evaluated.json"  # in the store: what it was built from
# A store of our own, whatever the settings say: never one that others share.
LOCAL: dict[str, object] = {"database_url": SecretStr(""), "chroma_url": ""}
CODE = Path(sources.__file__).parent


@contextmanager
def indexed(files: list[Path], store: Path | None, *, as_is: bool) -> Iterator[Assistant]:
    """An assistant over the articles of these files; `as_is`: over the store as it stands."""
    settings = Settings.from_env()
    store = store or default_store(files, settings)
    assistant = Assistant(settings.model_copy(update={"store": store, **LOCAL}))
    try:
        if not as_is:
            build(assistant, files)
        yield assistant
    finally:
        assistant.close()


def article_files(target: Path, others: Iterable[Path] = ()) -> list[Path]:
    """The files that hold the articles: those of a folder, or the newsroom file itself; `others`.

    Of a folder: articles.jsonl, else articles.jsonl.gz, else all in articles/, else all in it.
    Raises `BadSetting` when there are none.
    """
    if target.is_dir():
        first = [target / name for name in ("articles.jsonl", "articles.jsonl.gz")]
        found = [file for file in first if file.is_file()][:1]
        found = found or _all_in(target / "articles") or _all_in(target)
    else:
        found = [target]
    files = distinct([*found, *others])
    if not files:
        raise BadSetting(f"No articles in {target}. Put them there as articles.jsonl.")
    return files


def distinct(given: Iterable[Path]) -> list[Path]:
    """Each of these files once; raises `BadSetting` for what is none."""
    files = {file.resolve(): file for file in given}
    for file in files.values():
        if not file.is_file():
            raise BadSetting(f"There is no file {file}. Check the path.")
    return list(files.values())


def _all_in(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.name.lower().endswith(tuple(READERS)) and file.name not in QUESTIONS
    )


def default_store(files: Iterable[Path], settings: Settings) -> Path:
    """A folder in the user's cache, its own for each content, embedding and size of passages."""
    key = f"{_digest(files)} {settings.embedding} {settings.passage_tokens}"
    cache = Path(platformdirs.user_cache_path("newsroom-assistant", appauthor=False))
    return cache / "evaluate" / hashlib.sha256(key.encode()).hexdigest()[:16]


def build(assistant: Assistant, files: list[Path]) -> None:
    """Make the store hold just the articles of these files, unless it was built from them before.

    A build that was stopped goes on. Raises `BadSetting` for a store that is not ours to change.
    """
    folder = assistant.settings.store
    known = _digest([*files, *sorted(CODE.glob("*.py"))])
    full = bool(assistant.sources())
    if full and _noted(folder) == _note(known, state(assistant)):
        return
    if full and not _noted(folder):
        raise BadSetting(
            f"The store {folder} was not made by this command, which would change it. "
            "Ask it as it stands with --as-is, or give --store another folder."
        )
    _put_note(folder, _note(known, "not finished"))
    ids = set()
    with bar("Indexing", _count(files)) as advance:
        for outcome in assistant.adding(_read(files, assistant.settings.article_bytes)):
            advance(1)
            ids.add(outcome.id)
            if outcome.status == "skipped":
                errors.print(Text(f"skipped {outcome.where}: {outcome.reason}"))
    for source in assistant.sources():
        if source.id not in ids:
            assistant.store.remove(source.id, for_good=True)
    _put_note(folder, _note(known, state(assistant)))


def state(assistant: Assistant) -> str:
    """What changes when the stored articles do; raises `NoIndex` when there is no store."""
    facts = assistant.store.facts()
    return " ".join(str(facts.get(name)) for name in ("embedding", "generation", "changes"))


def _note(known: str, state: str) -> str:
    return json.dumps({"files": known, "state": state})


def _noted(folder: Path) -> str:
    try:
        return (folder / NOTE).read_text(encoding="utf-8")
    except OSError:
        return ""


def _put_note(folder: Path, text: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NOTE).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadSetting(
            f"The folder {folder} cannot be written ({error.strerror}). Give --store another."
        ) from error


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        # Of stories the articles alone: a request that changed changes no index.
        stories = story_files.is_stories(file)
        content = repr(list(story_files.articles(file))).encode() if stories else file.read_bytes()
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _count(files: Iterable[Path]) -> int | None:
    """About how many articles there are; None when nobody can tell."""
    numbers = [
        len(list(story_files.articles(file))) if story_files.is_stories(file) else count([file])
        for file in files
    ]
    return None if None in numbers else sum(filter(None, numbers))


def _read(files: Iterable[Path], most_bytes: int) -> Iterator[Article]:
    for file in files:
        for item in _items(file, most_bytes):
            if isinstance(item, Skipped):
                errors.print(Text(f"skipped {item.where}: {item.reason}"))
            else:
                yield item[1]


def _items(file: Path, most_bytes: int) -> Iterator[tuple[str, Article] | Skipped]:
    if story_files.is_stories(file):
        for where, fields in story_files.articles(file):
            yield json_lines.one(_titled(fields), where)
        return
    if ".jsonl" not in file.name:
        yield from read(file, most_bytes=most_bytes)
        return
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
        yield from json_lines.read(_Titled(stream), str(file), most_bytes=most_bytes)


class _Titled:
    """Lines of JSON, each article without a title given its first words as one."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile) -> None:
        self.stream = stream

    def readline(self, most: int, /) -> bytes:
        line = self.stream.readline(most)
        try:
            fields = json.loads(line)
            titled = _titled(fields)
            return line if titled is fields else json.dumps(titled).encode() + b"\n"
        except (ValueError, AttributeError, KeyError, TypeError):
            return line  # the product's own reader says what is wrong


def _titled(fields: dict[str, Any]) -> dict[str, Any]:
    """The article's fields, its first words as title if it has none."""
    if str(fields.get("title") or "").strip():
        return fields
    return {**fields, "title": " ".join(fields["text"].split()[:TITLE_WORDS])}
