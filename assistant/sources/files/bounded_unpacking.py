"""From a packed file to what is in it, bounded: a few kilobytes may unpack to terabytes.

By hand, because Python's zipfile and gzip have no bounds; safezip has, but only writes to disk.
"""

from __future__ import annotations

import gzip
import importlib.util
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from assistant.errors import BadArticle

MOST_ENTRIES = 20_000
_MOST_DIRECTORY = 4_000_000  # bytes of a zip's list of entries: 20,000 long names
# Text shrinks to a tenth, tables of empty columns to a hundredth, zeros to a thousandth.
_MOST_RATIO = 200
_HARMLESS = 5_000_000  # bytes that may come of anything
_IN_MEMORY = 8_000_000
_PIECE = 1 << 16
_ENCRYPTED = 0x1

# What zipfile raises for damage, by what is damaged.
BROKEN = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
    ValueError,
    struct.error,
    zlib.error,
)


class Budget:
    """How many entries, and bytes in all, may still be unpacked of one file."""

    def __init__(self, *, entries: int, most_bytes: int) -> None:
        self.entries = entries
        self.bytes = most_bytes

    def take(self, count: int) -> None:
        """Count unpacked bytes; raises `BadArticle` when there are too many."""
        self.bytes -= count
        if self.bytes < 0:
            raise BadArticle("unpacks to more than may be unpacked: split the file")


def need(library: str, extra: str, package: str = "") -> None:
    """Raise `BadArticle`, with what to install, when an optional library is not there."""
    if importlib.util.find_spec(library) is None:
        raise BadArticle(f"needs {package or library}: pip install 'newsroom-assistant[{extra}]'")


@contextmanager
def zipped(file: IO[bytes]) -> Iterator[ZipFile]:
    """The zip archive in `file`; raises `BadArticle` when it is none or lists too much."""
    try:
        archive = ZipFile(cast(IO[bytes], _Careful(file)))
    except BROKEN as error:
        raise BadArticle(damaged(error)) from error
    with archive:
        yield archive


def damaged(error: BaseException) -> str:
    """The reason for what cannot be unpacked."""
    words = str(error).rstrip(".") or type(error).__name__
    return f"cannot be unpacked: {words[:200]}; the file is damaged or cut off"


def refusal(entry: ZipInfo) -> str:
    """Why this entry is not unpacked, "" when it may be."""
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted: unpack it with its password, and add what is in it"
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "packed in an unusual way: unpack it, and add what is in it"
    if entry.file_size > max(_HARMLESS, _MOST_RATIO * entry.compress_size):
        times = entry.file_size // max(entry.compress_size, 1)
        return f"unpacks to {times:,} times its size, as no text does: not unpacked"
    return ""


def unpacked(archive: ZipFile, entry: ZipInfo, budget: Budget) -> Iterator[bytes]:
    """Yield the entry piece by piece, never more than it declares; raises `BadArticle`."""
    if reason := refusal(entry):
        raise BadArticle(reason)
    try:
        with archive.open(entry) as stream:
            # Without a size, read() inflates all before it looks at the declared length.
            while piece := stream.read(_PIECE):
                budget.take(len(piece))
                yield piece
    except BROKEN as error:
        raise BadArticle(damaged(error)) from error


def content(archive: ZipFile, name: str, budget: Budget, *, most_bytes: int) -> bytes:
    """The whole of a small entry; raises `BadArticle` when it is missing or larger."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        raise BadArticle(f"{name[:100]} is missing in it: the file is damaged") from None
    if entry.file_size > most_bytes:
        raise BadArticle(f"{name[:100]} in it is larger than {most_bytes / 1e6:.1f} MB")
    return b"".join(unpacked(archive, entry, budget))


def prove(archive: ZipFile, budget: Budget) -> None:
    """Unpack everything once and keep nothing: then a library may read it as it likes."""
    entries = archive.infolist()
    if len(entries) > budget.entries:
        raise BadArticle(f"holds {len(entries):,} files: a document has fewer")
    for entry in entries:
        for _ in unpacked(archive, entry, budget):
            pass


@contextmanager
def spooled(archive: ZipFile, entry: ZipInfo, budget: Budget) -> Iterator[IO[bytes]]:
    """The entry as a file of its own, in memory or in a temporary file without a name."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        for piece in unpacked(archive, entry, budget):
            file.write(piece)
        file.seek(0)
        yield cast(IO[bytes], file)


class Gunzipped:
    """The content of a .gz file, read forward; raises `OSError` where it grows beyond reason."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._stream = gzip.GzipFile(fileobj=packed)
        self._count = 0

    def read(self, most: int) -> bytes:
        """As far as is unpacked: read() would lose what stands before a cut."""
        return self._counted(self._stream.read1(most))

    def readline(self, most: int) -> bytes:
        return self._counted(self._stream.readline(most))

    def _counted(self, piece: bytes) -> bytes:
        self._count += len(piece)
        if self._count > max(_HARMLESS, _MOST_RATIO * self._packed.tell()):
            raise OSError(f"it unpacks to more than {_MOST_RATIO} times its size, as no text does")
        return piece


class _Careful:
    """A file that zipfile cannot be made to read at once into a full memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, count: int = -1) -> bytes:
        if count > _MOST_DIRECTORY:
            raise BadArticle("lists more files than a person packs: not unpacked")
        return self._file.read(count)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
