"""From the bytes of a body, packed or not, to the body: piece by piece, never more than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

ACCEPTED = "gzip, deflate"
_MOST_MEMBERS = 100  # gzip files in a row: honest servers send one
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_PACKED = {"gzip", "x-gzip", "deflate"}


class TooLarge(Exception):
    """The body, as sent or unpacked, has more bytes than allowed."""


class Damaged(Exception):
    """The body cannot be unpacked, or its end is missing; the message says which."""


def unpacked(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The whole body; raises `TooLarge` as soon as it is, and `Damaged`."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _joined(pieces, most)
    if encoding not in _PACKED:
        raise Damaged(f"it is packed as {encoding[:40]!r}, which was not asked for")
    return _unzipped(pieces, most)


def _joined(pieces: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise TooLarge
    return bytes(body)


def _unzipped(pieces: Iterable[bytes], most: int) -> bytes:
    unzip, body, sent, members = zlib.decompressobj(_GZIP_OR_ZLIB), bytearray(), 0, 1
    for piece in pieces:
        first, sent = sent == 0, sent + len(piece)
        if sent > most:
            raise TooLarge
        if first and piece and not _has_header(piece):
            unzip = zlib.decompressobj(
                -zlib.MAX_WBITS
            )  # "deflate" without the header it should have
        while piece:
            try:
                # One more than allowed: a bomb is told by it, and never unfolds further.
                body += unzip.decompress(piece, most + 1 - len(body))
            except zlib.error:
                raise Damaged("it cannot be unpacked") from None
            if len(body) > most:
                raise TooLarge
            piece = unzip.unused_data
            if not piece.startswith(b"\x1f\x8b"):
                break  # what follows the end is nobody's
            unzip, members = zlib.decompressobj(_GZIP_OR_ZLIB), members + 1
            if members > _MOST_MEMBERS:
                raise Damaged("it is packed in too many parts")
    if sent and not unzip.eof:
        raise Damaged("its end is missing")
    return bytes(body)


def _has_header(piece: bytes) -> bool:
    zlib_header = len(piece) > 1 and piece[0] & 0x0F == 8 and (piece[0] << 8 | piece[1]) % 31 == 0
    return piece.startswith(b"\x1f") or zlib_header
