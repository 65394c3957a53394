"""How well the check of a model's sentences tells fakes from honest ones.

    python -m assistant.evaluate.fakes ARTICLES [--articles 40] [--seed 1] [--failures 20]

ARTICLES is a file or folder as `python -m assistant.index add` reads it. Sentences of it become
what a model might write: honest ones with harmless changes (other marks, dashes, cuts), and fakes
that differ in one thing that matters (a "not", a day, a name, a figure, a speaker, a number).
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from assistant.command_line import tidily
from assistant.evidence.match_quotation import NEGATION, marked
from assistant.evidence.speakers_and_days import attribute
from assistant.records import Article, Passage, Quote
from assistant.settings import Settings
from assistant.sources.build_article import Skipped
from assistant.sources.files import read_files
from assistant.writing import prompt_sentences
from assistant.writing.checked_stream import Composer
from assistant.writing.prompt_sentences import Shown

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November".split()
_MODAL = re.compile(r"\b(?:will|would|could|can|should|must|is|was|are|were|has|have|had)\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b(?![.’'-])")
_DIGITS = re.compile(r"(?<![\w.,:-])\d{2,4}(?![\w.,:-])")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence as a model might write it; `kind` says what was done to it."""

    kind: str
    honest: bool
    text: str


Change = Callable[[str, random.Random, Sequence[str]], str]


def _swapped(words: Sequence[str]) -> Change:
    def change(text: str, rng: random.Random, names: Sequence[str]) -> str:
        found = [match for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", text)]
        if not found:
            return text
        match = rng.choice(found)
        other = rng.choice([word for word in words if word not in text])
        return text[: match.start()] + other + text[match.end() :]

    return change


def _negated(text: str, rng: random.Random, names: Sequence[str]) -> str:
    if NEGATION.search(text):
        return text
    match = _MODAL.search(text)
    return text[: match.end()] + " not" + text[match.end() :] if match else text


def _unnegated(text: str, rng: random.Random, names: Sequence[str]) -> str:
    return re.sub(r"\bnot\b", rng.choice(["now", ""]), text, count=1).replace("  ", " ")


def _renamed(text: str, rng: random.Random, names: Sequence[str]) -> str:
    found = [match for match in _NAME.finditer(text) if match[0] not in (*DAYS, *MONTHS)]
    others = [name for name in names if name not in text]
    if not found or not others:
        return text
    match = rng.choice(found)
    return text[: match.start()] + rng.choice(others) + text[match.end() :]


def _refigured(text: str, rng: random.Random, names: Sequence[str]) -> str:
    match = _DIGITS.search(text)
    if not match:
        return text
    turned = match[0][::-1] if match[0][::-1] != match[0] else str(int(match[0]) + 1)
    return text[: match.start()] + turned.lstrip("0") + text[match.end() :]


CHANGES: dict[str, Change] = {
    "a not put in": _negated,
    "a not taken out": _unnegated,
    "another weekday": _swapped(DAYS),
    "another month": _swapped(MONTHS),
    "another name": _renamed,
    "another figure": _refigured,
}


def shown(article: Article) -> Shown:
    """The article's sentences as a model is shown them."""
    whole = Passage(article.source, 0, len(article.text), article.text, 0)
    group = next(prompt_sentences.slices([whole], {article.source.id: article}))
    return prompt_sentences.number([attribute(group, {article.source.id: article})], 1_000_000)


def cases(found: Sequence[Quote], rng: random.Random, names: Sequence[str]) -> Iterator[Case]:
    """What a model might write of an article's sentences."""
    for n, quote in enumerate(found, 1):
        # Whole sentences without quotation marks of their own: what a model would copy.
        if re.search(r"[“”\"\n]|(?<!\w)[‘']", quote.text) or not 6 <= len(quote.text.split()) <= 40:
            continue
        if quote.text[-1] != ".":
            continue
        yield from _honest(quote, n)
        for kind, change in CHANGES.items():
            fake = change(quote.text, rng, names)
            if fake != quote.text:
                yield Case(f"{kind}, quoted", False, f"“{fake}” [{n}]")
                yield Case(f"{kind}, retold", False, f"{fake[:-1]} [{n}].")
        other = rng.randrange(len(found)) + 1
        if quote.text not in found[other - 1].text:
            yield Case("the number of another", False, f"“{quote.text}” [{other}]")
        yield Case("no such number", False, f"“{quote.text}” [{len(found) + 1}]")
    yield from _joined(found)


def _honest(quote: Quote, n: int) -> Iterator[Case]:
    text, outlet = quote.text, quote.source.publisher
    words = text.split(" ")
    yield Case("as it is", True, f"“{text}” [{n}]")
    plain = text.replace("’", "'").replace("—", "-").replace("–", "-")
    yield Case("other marks and dashes", True, f'"{plain}" [{n}]')
    yield Case("other spaces", True, f"“{'  '.join(words[:4])}\u00a0{' '.join(words[4:])}” [{n}]")
    half = len(words) // 2
    soft = f"{text[:2]}\u00ad{text[2:]}"
    yield Case("a soft hyphen", True, f"“{soft}” [{n}]")
    if not NEGATION.search(text):
        yield Case("cut", True, f"“{' '.join(words[:3])} … {' '.join(words[-3:])}” [{n}]")
        yield Case("cut in brackets", True, f"“{' '.join(words[:3])} [...] {words[-1]}” [{n}]")
    yield Case("one letter in brackets", True, f"“[{text[0]}]{text[1:]}” [{n}]")
    yield Case("the end of it", True, f"“… {' '.join(words[half:])}” [{n}]")
    yield Case("retold in its words", True, f"{text[:-1]} [{n}].")
    if outlet:
        yield Case("with its outlet", True, f"{outlet} reported: “{text}” [{n}]")
    if quote.speaker and quote.speaker[0].isupper():
        last = quote.speaker.split()[-1]
        if last in text:
            yield Case("with its speaker", True, f"{quote.speaker} is quoted: “{text}” [{n}]")


def _joined(found: Sequence[Quote]) -> Iterator[Case]:
    """The words of two speakers as one quotation; one's words as another's."""
    said = [(n, quote) for n, quote in enumerate(found, 1) if quote.speaker]
    for (n, one), (m, other) in itertools.pairwise(said):
        if one.speaker == other.speaker:
            continue
        first, last = _words(one), _words(other)
        if not first or not last:
            continue
        yield Case("two speakers joined", False, f"“{first} … {last}” [{n}][{m}]")
        yield Case("two speakers run together", False, f"“{first} {last}” [{n}][{m}]")
        if other.speaker and other.speaker[0].isupper() and not _share(one, other):
            yield Case("another's words", False, f"{other.speaker} said: “{first}” [{n}][{m}]")


def _words(quote: Quote) -> str:
    """What the quote has in quotation marks, else its last words."""
    inside = marked(quote.text)
    if inside:
        return inside[0].words.strip(" .,")
    return "" if inside is None else " ".join(quote.text.split()[-5:]).strip(".")


def _share(one: Quote, other: Quote) -> bool:
    return bool(set((one.speaker or "").split()) & set((other.speaker or "").split()))


def judge(
    found: Iterable[Article], *, seed: int = 1
) -> tuple[Counter[tuple[str, bool]], Counter[tuple[str, bool]], list[tuple[Case, str]]]:
    """How many cases of each kind there are, how many were judged right, and the others."""
    rng = random.Random(seed)  # nosec B311 # to be drawn again the same
    articles_ = list(found)
    names = sorted({name for one in articles_ for name in _NAME.findall(one.text)})
    names = [name for name in names if name not in (*DAYS, *MONTHS)]
    asked, right = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    wrong: list[tuple[Case, str]] = []
    for article in articles_:
        seen = shown(article)
        composer = Composer("", seen, {article.source.id: article})
        for case in cases(seen.quotes, rng, names):
            draft = composer.draft(case.text, finished=True)
            asked[case.kind, case.honest] += 1
            passed = bool(draft.written) and not draft.rejected
            if passed == case.honest:
                right[case.kind, case.honest] += 1
            else:
                wrong.append((case, draft.rejected[0].why if draft.rejected else ""))
    return asked, right, wrong


@app.command()
@tidily
def main(
    path: Annotated[Path, typer.Argument(help="A file or folder of articles.")],
    most: Annotated[int, typer.Option("--articles", help="Most articles.")] = 40,
    seed: Annotated[int, typer.Option(help="Draws the changes.")] = 1,
    failures: Annotated[int, typer.Option(help="Cases judged wrong that are listed.")] = 0,
) -> None:
    """Print how many fakes were caught, and how many honest sentences passed, by kind."""
    found = read_files.read(path, most_bytes=Settings().article_bytes)
    read = (one[1] for one in found if not isinstance(one, Skipped))
    chosen = [article for article, _ in zip(read, range(most), strict=False)]
    asked, right, wrong = judge(chosen, seed=seed)
    for honest, told in ((False, "fakes caught"), (True, "honest ones passed")):
        kinds = sorted(kind for kind, one in asked if one is honest)
        total, good = (sum(one[kind, honest] for kind in kinds) for one in (asked, right))
        typer.echo(f"{told}: {good} of {total} ({good / max(1, total):.3f})")
        for kind in kinds:
            typer.echo(f"    {kind}: {right[kind, honest]} of {asked[kind, honest]}")
    for case, why in wrong[:failures]:
        typer.echo(f"{case.kind}: {case.text}\n    {why}")


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.fakes")
