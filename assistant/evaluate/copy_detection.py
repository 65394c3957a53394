"""How well near copies are told: python -m assistant.evaluate.copy_detection FILE.

The copies are made from real texts by editing; the others are the nearest by shared rare words.
"""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from assistant.command_line import tidily
from assistant.errors import BadSetting
from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files import read_files
from assistant.text import near_copies, sentences
from assistant.text.near_copies import bands, is_copy, signature

EACH = 50  # pairs of each kind of edit
NON_PAIRS = 300
RARE = 20  # articles that hold a word at most, for it to tell a topic
Edit: TypeAlias = Callable[[str, random.Random], str]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def cut(text: str, chance: random.Random) -> str:
    """The first half of the paragraphs: a wire story shortened from its end."""
    parts = text.split("\n\n")
    return "\n\n".join(parts[: max(1, len(parts) // 2)])


def reorder(text: str, chance: random.Random) -> str:
    """The same paragraphs in another order."""
    parts = text.split("\n\n")
    chance.shuffle(parts)
    return "\n\n".join(parts)


def headline(text: str, chance: random.Random) -> str:
    """Another headline, and the first sentence gone."""
    spans = sentences.split(text)
    rest = text[spans[1][0] :] if len(spans) > 1 else text
    return f"{_shuffled(text[:300], chance)}\n\n{rest}"


def figures(text: str, chance: random.Random) -> str:
    """Every number another one."""
    return "".join(str(chance.randrange(10)) if one.isdecimal() else one for one in text)


def words(text: str, chance: random.Random) -> str:
    """One word in fifteen another one of the same text."""
    found = text.split(" ")
    pool = list(found)
    return " ".join(chance.choice(pool) if chance.random() < 1 / 15 else one for one in found)


def everything(text: str, chance: random.Random) -> str:
    """Cut, reordered, another headline, other figures and words at once."""
    for edit in (cut, reorder, headline, figures, words):
        text = edit(text, chance)
    return text


EDITS: dict[str, Edit] = {
    "cut in half": cut,
    "reordered": reorder,
    "new headline": headline,
    "new figures": figures,
    "small edits": words,
    "all at once": everything,
}


def _shuffled(text: str, chance: random.Random) -> str:
    found = text.split()
    return " ".join(chance.sample(found, min(10, len(found))))


def non_pairs(given: Sequence[Article], chance: random.Random) -> Iterator[tuple[int, int]]:
    """Other articles of the same outlet that share most rare words; the places of both."""
    vocabularies = [frozenset(article.text.casefold().split()) for article in given]
    held: dict[str, list[int]] = defaultdict(list)
    for at, vocabulary in enumerate(vocabularies):
        for word in vocabulary:
            held[word].append(at)
    for at in chance.sample(range(len(given)), len(given)):
        shared = Counter(
            other
            for word in vocabularies[at]
            if len(held[word]) <= RARE
            for other in held[word]
            if other != at and given[other].source.publisher == given[at].source.publisher
        )
        if shared:
            yield at, shared.most_common(1)[0][0]


def really_copies(one: str, other: str) -> bool:
    """Whether half the shorter one's long sentences stand in the other word for word: a copy that
    the file itself holds, found without a signature."""
    long = [{text[a:b] for a, b in sentences.split(text) if b - a > 50} for text in (one, other)]
    return len(long[0] & long[1]) >= 0.5 * max(1, min(map(len, long)))


def is_found(one: bytes, other: bytes) -> bool:
    """As the store would find it: a band in common, then the signatures compared."""
    return bool(set(bands(one)) & set(bands(other))) and is_copy(one, other)


def _read(file: Path) -> list[Article]:
    found = read_files.read(file, most_bytes=5_000_000)
    kept = [one[1] for one in found if not isinstance(one, Skipped)]
    if len(kept) < 2 * EACH:
        raise BadSetting(f"{file} holds {len(kept)} articles; give at least {2 * EACH}.")
    return kept


@app.command()
@tidily
def evaluate(
    file: Annotated[Path, typer.Argument(help="Articles, one a line: .jsonl or .jsonl.gz.")],
    seed: Annotated[int, typer.Option(help="Which articles are drawn.")] = 1,
) -> None:
    """Print recall for each kind of edit, precision against the nearest others, and the time."""
    given = _read(file)
    chance = random.Random(seed)  # nosec B311 # to be drawn again the same
    began = time.perf_counter()
    signatures = [signature(article.text) for article in given]
    taken = (time.perf_counter() - began) / len(given)
    found, made = 0, 0
    for kind, edit in EDITS.items():
        drawn = chance.sample(range(len(given)), EACH)
        hits = [is_found(signatures[at], signature(edit(given[at].text, chance))) for at in drawn]
        found, made = found + sum(hits), made + EACH
        typer.echo(f"{kind:14} recall {sum(hits) / EACH:.3f} of {EACH}")
    pairs = list(itertools.islice(non_pairs(given, chance), NON_PAIRS))
    alarms = [pair for pair in pairs if is_found(signatures[pair[0]], signatures[pair[1]])]
    true = [pair for pair in alarms if really_copies(*(given[at].text for at in pair))]
    wrong = [pair for pair in alarms if pair not in true]
    typer.echo(f"{'all copies':14} recall {found / made:.3f} of {made}")
    typer.echo(f"nearest others: {len(alarms)} of {len(pairs)} called copies; {len(true)} of them")
    typer.echo("  share half their sentences word for word, and are left out of the precision")
    typer.echo(f"precision {found / max(1, found + len(wrong)):.3f}")
    typer.echo(f"{taken * 1e6:.0f} microseconds an article")
    for one, other in wrong:
        alike = near_copies.resemble(signatures[one], signatures[other])
        typer.echo(f"  wrong? {alike:.2f} {given[one].source.id} | {given[other].source.id}")


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.copy_detection")
