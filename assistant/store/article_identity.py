"""Which stored article one that comes is: a newer reading of it, or none of them.

An article is known by its address; else by its outlet together with the id that its source gives;
else by its text or the file it came from. A number alone is no name: every export counts from 1.
What an article is known by is kept under its own id, as hashes. Every function works within the
transaction it is given.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from assistant.records import Article, Origin, Source
from assistant.sources.build_article import words_hash
from assistant.sources.metadata import canonical
from assistant.sources.same_page import same_page
from assistant.store.tables import articles, files, names
from assistant.text.near_copies import is_copy, signature

# An id that a program may have counted: "7", "post-12". Others ("20220306_a1f", a GUID) are nobody
# else's.
_COUNTED = re.compile(r"[^\W\d_]{0,12}[\W_]?\d{1,7}")
_SLUG = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Names:
    """The hashes that an article is known by, "" for what it has not.

    `outlet` is of its outlet and given id, `given` of its id where no outlet is named.
    """

    address: str = ""
    outlet: str = ""
    given: str = ""
    words: str = ""
    counted: bool = False

    def kept(self) -> list[str]:
        """Those to be stored: its text only where it has no better name."""
        better = self.address or self.outlet
        every = (self.address, self.outlet, self.given, "" if better else self.words)
        return [one for one in every if one]


def names_of(article: Article) -> Names:
    """What the article is known by."""
    source, origin = article.source, origin_of(article)
    url = source.url or canonical(source.id)
    page = same_page(url).name or (url if source.fetched else "")
    outlet = " ".join(source.publisher.casefold().split())
    return Names(
        _hashed("a", page) if page else "",
        _hashed("o", f"{outlet}\0{origin.id}") if origin.id and outlet else "",
        _hashed("i", origin.id) if origin.id and not outlet else "",
        _hashed("w", origin.words),
        len(origin.id) < 4 or bool(_COUNTED.fullmatch(origin.id)),
    )


def origin_of(article: Article) -> Origin:
    """Where it was read; of an article that was made, its id counts as given."""
    if article.origin is not None:
        return article.origin
    words, own = words_hash(article.text), article.source.id
    return Origin("" if own in (words, article.source.url) else own, words)


def find(connection: sa.Connection, article: Article) -> str | None:
    """The id of the stored article that this one is, None when it is a new one."""
    own, origin = names_of(article), origin_of(article)
    if own.address:
        for row in _named(connection, own.address):
            another = _is_another(connection, row, own, article.source)
            if not another and not _is_another_row(connection, row, article):
                return str(row.id)
    if own.outlet or own.given:
        for row in _named(connection, own.outlet or own.given):
            if _is_same_id(connection, row, own, article):
                return str(row.id)
    if not own.address and not own.outlet:
        for row in _named(connection, own.words):
            if _may_be(connection, row, own, article.source):
                return str(row.id)
    return _of_file(connection, own, article) if origin.whole else None


def _of_file(connection: sa.Connection, own: Names, article: Article) -> str | None:
    """The one article that the file was before, unless another file is that as well."""
    digest = digest_of(origin_of(article).file)
    before = _rows(connection, sa.select(files.c.id).where(files.c.digest == digest))
    if len(before) != 1:
        return None
    # Whoever adds a file again under another outlet says whose it is.
    same = before[0].sha256 == article.source.sha256
    if not same and not _may_be(connection, before[0], own, article.source):
        return None
    shared = is_in_a_file(connection, before[0].id, besides=digest)
    return None if shared else str(before[0].id)


def is_in_a_file(connection: sa.Connection, id: str, *, besides: str = "") -> bool:
    """Whether a file that is still there gave the article; not the one `besides`."""
    query = sa.select(files.c.path).where(files.c.id == id, files.c.digest != besides)
    return any(os.path.exists(path) for path in connection.scalars(query))


def _is_another(connection: sa.Connection, row: Any, own: Names, source: Source) -> bool:
    """Whether a stored article of the same address is another: by its own id, and by its title.

    Exports print one address (of a live page, of a database) at several articles.
    """
    mine = own.outlet or own.given
    if not mine or _plain(row.title) == _plain(source.title):
        return False
    theirs = _kept(connection, row.id, "oi")
    return bool(theirs) and mine not in theirs


def _is_another_row(connection: sa.Connection, row: Any, article: Article) -> bool:
    """Whether a stored article of the same address is another row of the same table: by title and
    text. What was fetched, or edited since, is the same page anew."""
    source, origin = article.source, origin_of(article)
    if (
        origin.whole
        or not origin.file
        or source.fetched
        or _plain(row.title) == _plain(source.title)
    ):
        return False
    table = (files.c.id == row.id) & (files.c.digest == digest_of(origin.file))
    if connection.execute(sa.select(files.c.id).where(table)).first() is None:
        return False
    text = connection.scalar(sa.select(articles.c.text).where(articles.c.id == row.id))
    return not is_copy(signature(text or ""), signature(article.text))


def _is_same_id(connection: sa.Connection, row: Any, own: Names, article: Article) -> bool:
    """Whether a stored article that has the same id, of the same outlet or of none, is the same."""
    source, origin = article.source, origin_of(article)
    if row.title and _plain(row.title) == _plain(source.title):
        return True
    if row.sha256 == source.sha256 or own.words in _kept(connection, row.id, "w"):
        return True
    digests = connection.scalars(sa.select(files.c.digest).where(files.c.id == row.id)).all()
    if origin.file:
        if digest_of(origin.file) in digests:
            return True
        return not own.counted
    if own.counted:
        return bool(own.outlet) and not digests
    return True


def _may_be(connection: sa.Connection, row: Any, own: Names, source: Source) -> bool:
    """Whether nothing that both say of themselves tells them apart: address, outlet, given id."""
    theirs = _kept(connection, row.id, "oi")
    mine = own.outlet or own.given
    outlets = {_plain(row.publisher), _plain(source.publisher)} - {""}
    return (
        not (row.url and source.url and row.url != source.url)
        and not (own.address and row.url)
        and not (mine and theirs and mine not in theirs)
        and len(outlets) < 2
    )


def free_id(connection: sa.Connection, article: Article) -> str:
    """The id that a new article gets: its own, unless another article has that."""
    source, origin = article.source, origin_of(article)
    of = source.publisher or os.path.basename(origin.file).partition(".")[0]
    slug = _SLUG.sub("-", of.casefold()).strip("-")[:60]
    best = f"{slug}:{origin.id}" if slug and origin.id else source.id
    ids = itertools.chain((source.id, best), (f"{best}-{n}" for n in itertools.count(2)))
    return next(one for one in ids if not _is_taken(connection, one))


def _is_taken(connection: sa.Connection, id: str) -> bool:
    return (
        connection.execute(sa.select(articles.c.key).where(articles.c.id == id)).first() is not None
    )


def renamed(article: Article, id: str) -> Article:
    """The article under the id that it is stored by."""
    if article.source.id == id:
        return article
    return replace(article, source=replace(article.source, id=id))


def note(connection: sa.Connection, id: str, article: Article) -> None:
    """Remember what a stored article is known by, in addition to what was noted before.

    The text that it had before is no name for it any more.
    """
    own, origin = names_of(article), origin_of(article)
    stale = sa.delete(names).where(names.c.id == id, names.c.name.startswith("w"))
    connection.execute(stale.where(names.c.name != own.words))
    _insert(connection, id, own.kept())
    if origin.file:
        digest = digest_of(origin.file)
        connection.execute(sa.delete(files).where(files.c.digest == digest, files.c.id == id))
        if origin.whole:
            connection.execute(sa.delete(files).where(files.c.digest == digest))
        row = {"digest": digest, "id": id, "path": storable(origin.file)}
        at = origin.modified.timestamp() if origin.modified else None
        connection.execute(sa.insert(files).values(**row, modified=at))


def is_noted(connection: sa.Connection, id: str, article: Article) -> bool:
    """Whether `note` would change nothing."""
    own, origin = names_of(article), origin_of(article)
    if not set(own.kept()) <= _kept(connection, id):
        return False
    if not origin.file:
        return True
    at = files.c.digest == digest_of(origin.file)
    rows = connection.execute(sa.select(files.c.id, files.c.modified).where(at)).all()
    modified = origin.modified.timestamp() if origin.modified else None
    own_row = any(row.id == id and row.modified == modified for row in rows)
    return own_row and (len(rows) == 1 or not origin.whole)


def gave(connection: sa.Connection, id: str, article: Article) -> bool:
    """Whether the file that is this article alone has given the stored one before."""
    origin = origin_of(article)
    at = (files.c.digest == digest_of(origin.file)) & (files.c.id == id)
    return origin.whole and connection.execute(sa.select(files.c.id).where(at)).first() is not None


def forget(connection: sa.Connection, id: str) -> None:
    """Forget what an article was known by."""
    for table in (names, files):
        connection.execute(sa.delete(table).where(table.c.id == id))


def renew(connection: sa.Connection) -> None:
    """Note what every stored article is known by, of a store that has not noted it."""
    connection.execute(sa.delete(names))
    for key in connection.scalars(sa.select(articles.c.key)).all():
        row = connection.execute(sa.select(articles).where(articles.c.key == key)).one()
        read = Source(row.id, row.title, row.publisher, url=row.url, fetched=row.fetched)
        every = [Article(read, row.text)]
        if re.fullmatch(r"[0-9a-f]{16}", row.id):  # perhaps the hash of its text as it was read
            every.append(Article(read, row.text, Origin("", row.id)))
        _insert(connection, row.id, [name for one in every for name in names_of(one).kept()])


def _insert(connection: sa.Connection, id: str, wanted: Iterable[str]) -> None:
    have = _kept(connection, id)
    rows = [{"name": one, "id": id} for one in dict.fromkeys(wanted) if one not in have]
    if rows:
        connection.execute(sa.insert(names), rows)


def _named(connection: sa.Connection, name: str) -> list[Any]:
    return _rows(connection, sa.select(names.c.id).where(names.c.name == name))


def _rows(connection: sa.Connection, ids: sa.Select[tuple[str]]) -> list[Any]:
    """The stored articles with these ids, the first that came first."""
    columns = [articles.c[name] for name in ("id", "title", "publisher", "url", "sha256")]
    query = sa.select(*columns).where(articles.c.id.in_(ids)).order_by(articles.c.key)
    return list(connection.execute(query))


def _kept(connection: sa.Connection, id: str, kinds: Collection[str] = "aoiw") -> set[str]:
    every = connection.scalars(sa.select(names.c.name).where(names.c.id == id))
    return {name for name in every if name[0] in kinds}


def digest_of(path: str) -> str:
    """What a path is found by."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]


def storable(path: str) -> str:
    """A path as a database takes it, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace("\0", "")


def _hashed(kind: str, words: str) -> str:
    return f"{kind}{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:30]}"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
