"""From a CSV or TSV file to Articles, one a row, however long the file is."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence

from assistant.errors import BadArticle
from assistant.sources.build_article import Found, Skipped, too_large
from assistant.sources.character_encoding import Decoder
from assistant.sources.exports import known_tables
from assistant.sources.exports.told import Told
from assistant.sources.files import build_told, column_names
from assistant.sources.files.json_lines import BROKEN, LineReader, cut_off
from assistant.sources.supplied_metadata import Given

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 1_000


def read(stream: LineReader, where: str, given: Given, *, most_bytes: int) -> Iterator[Found]:
    """Yield each row's place ("file.csv, row 3") and article, or why it was skipped.

    The first row names the columns and counts as row 1. A field too long to be held ends the
    reading: nearly always a quotation mark that was never closed.
    """
    # Python keeps one bound for all readers: never lower what another has set.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * most_bytes))
    number = 0
    try:
        lines = _lines(stream, most_bytes)
        first = next((line for line in lines if line.strip()), "")
        if not first:
            yield Skipped(where, "empty file: it has no rows")
            return
        delimiter = _delimiter(first, where)
        rows = csv.reader(itertools.chain([first], lines), delimiter=delimiter)
        number, names = 1, next(rows)[:_MOST_COLUMNS]
        if not given.columns and (told := _of_program(rows, names, where)):
            yield from build_told.read(told, where, build_told.nothing_beside)
            return
        matched = column_names.match(names, given, where)
        for number, row in enumerate(rows, 2):
            if any(row):
                yield _row(row, names, matched, given, f"{where}, row {number}", most_bytes)
    except BadArticle as error:
        yield Skipped(where if number < 2 else f"{where}, row {number + 1}", str(error))
    except csv.Error as error:
        yield Skipped(
            f"{where}, row {number + 1}",
            f"cannot be read from here on: {error}; is a quotation mark not closed?",
        )
    except BROKEN as error:
        yield Skipped(where, cut_off(f"row {number}", error))
    else:
        if number < 2:
            yield Skipped(where, "no rows below the names of its columns")


def _numbered(
    rows: Iterable[list[str]], names: Sequence[str], where: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row's place and its fields by the names of their columns."""
    for number, row in enumerate(rows, 2):
        if any(row):
            yield f"{where}, row {number}", _fields(row, names)


def _of_program(
    rows: Iterable[list[str]], names: Sequence[str], where: str
) -> Iterator[tuple[str, Told]] | None:
    """What the rows say of a program's table; None for any other table."""
    numbered = _numbered(rows, names, where)
    if known_tables.is_highlights(names):
        return known_tables.marked(numbered)
    if known_tables.is_list(names):
        return ((place, known_tables.link(row)) for place, row in numbered)
    return None


def _fields(row: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """The fields of a row; of columns with one name the first counts, as in the matching."""
    return dict(zip(reversed(names[: len(row)]), reversed(row[: len(names)]), strict=True))


def _row(
    row: Sequence[str],
    names: Sequence[str],
    matched: dict[str, str],
    given: Given,
    place: str,
    most_bytes: int,
) -> Found:
    size = sum(map(len, row))
    if size > most_bytes:
        return Skipped(place, too_large(size, most_bytes))
    fields = _fields(row, names)
    try:
        # Numbers that only count rows are the same in every export: no name for an article.
        if "id" not in given.columns and fields.get(matched.get("id", ""), "").isdigit():
            matched = {field: column for field, column in matched.items() if field != "id"}
        return place, column_names.build(fields, matched, place)
    except BadArticle as error:
        return Skipped(place, str(error))


def _lines(stream: LineReader, most_bytes: int) -> Iterator[str]:
    """The lines as text; raises `BadArticle` at one that is longer than four articles."""
    decoder, pending, most = Decoder(), "", 4 * most_bytes
    while line := stream.readline(most + 1):
        # In UTF-16 a newline's second byte comes with the next line.
        *whole, pending = (pending + decoder.decode(line)).split("\n")
        yield from (f"{each}\n" for each in whole)
        if len(line) > most or len(pending) > most:
            raise BadArticle("cannot be read from here on: " + too_large(len(line), most_bytes))
    if last := pending + decoder.rest():
        yield last


def _delimiter(header: str, where: str) -> str:
    """What stands between the columns: the mark that makes the most of the first row."""
    preferred = "\t" if where.lower().removesuffix(".gz").endswith(".tsv") else ","

    def columns_by(mark: str) -> tuple[int, bool]:
        return len(next(csv.reader([header], delimiter=mark))), mark == preferred

    return max(_DELIMITERS, key=columns_by)
