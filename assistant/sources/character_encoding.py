"""From bytes to text, in whatever encoding they are."""

from __future__ import annotations

import codecs
import logging
import re

from assistant.errors import BadArticle

# utf-32 first: its mark begins with utf-16's.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
# What browsers take these names for.
_USUAL = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}
# These only look like encodings, or take minutes for what a hostile page makes of them.
_NEVER = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
_BINARY = "looks like a binary file: add the article as .txt, .md, .html or .jsonl"
_TYPED = frozenset(b"\t\r\n" + bytes(range(0x20, 0x7F)))
# Enough to tell an encoding by; the whole of a large file takes minutes.
_SAMPLE = 200_000


def decode(raw: bytes) -> str:
    """Return the text that `raw` holds; raises `BadArticle` when it is empty or not text."""
    if not raw.strip():
        raise BadArticle("empty file: it has no words")
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding)
    if b"\0" in raw:
        text = _strictly(raw, unmarked_utf16(raw))
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = _guessed(raw)
    # A stray control character is dirt, one in fifty is a picture.
    if len(_CONTROLS.findall(text)) * 50 > len(text):
        raise BadArticle(_BINARY)
    return text


def decode_page(raw: bytes, *, charset: str = "") -> str:
    """Return the text of an HTML page: as `decode`, but a declared encoding goes before a guess.

    `charset` is what its server said, which often says the same of every page: it counts after
    what the page itself declares.
    """
    declared = _DECLARED.search(raw[:4_096])
    names = [declared[1].decode()] if declared else []
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        if not raw.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
            for name in (*names, charset):
                try:
                    encoding = codecs.lookup(_USUAL.get(name.lower(), name)).name
                    # Without a zero no page is in these: any even number of bytes would pass.
                    is_wide = encoding.startswith(("utf-16", "utf-32"))
                    if encoding.replace("-", "_") not in _NEVER and not (is_wide and 0 not in raw):
                        return raw.decode(encoding)
                except (LookupError, UnicodeError):
                    pass
    return decode(raw)


def unmarked_utf16(raw: bytes) -> str:
    """The byte order of a text in UTF-16 without a mark; raises `BadArticle` for other bytes.

    Spaces, digits and line ends have a zero in any script: on one side of each pair alone, and
    beside it stands what people type.
    """
    sample = raw[: _SAMPLE - _SAMPLE % 2]
    for zeros, others, name in (
        (sample[1::2], sample[0::2], "utf-16-le"),
        (sample[0::2], sample[1::2], "utf-16-be"),
    ):
        beside = [other for zero, other in zip(zeros, others, strict=False) if not zero]
        typed = sum(other in _TYPED for other in beside)
        is_enough = len(beside) * 10 >= len(zeros) and typed * 10 >= 9 * len(beside)
        if len(raw) % 2 == 0 and is_enough and others.count(0) * 50 <= len(beside):
            return name
    raise BadArticle(_BINARY)


class Decoder:
    """Line after line of a file to text, in one encoding as long as that fits."""

    def __init__(self) -> None:
        self._marked: codecs.IncrementalDecoder | None = None
        self._other = ""
        self._is_first = True

    def decode(self, line: bytes) -> str:
        """Return the text of the next line; raises `BadArticle` when it is not text."""
        if self._is_first:
            self._is_first = False
            for mark, encoding in BYTE_ORDER_MARKS:
                if line.startswith(mark):
                    self._marked = codecs.getincrementaldecoder(encoding)(errors="replace")
                    break
            else:
                if b"\0" in line:  # a line's end in UTF-16 is cut in two
                    even = line[: len(line) - len(line) % 2]
                    encoding = unmarked_utf16(even)
                    self._marked = codecs.getincrementaldecoder(encoding)(errors="replace")
        if self._marked is not None:
            return self._marked.decode(line)
        if b"\0" in line:
            raise BadArticle(_BINARY)
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self._other = self._other or _encoding(line)
            return line.decode(self._other, errors="replace")

    def rest(self) -> str:
        """What the last line left over."""
        return self._marked.decode(b"", final=True) if self._marked is not None else ""


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise BadArticle(f"begins as {encoding} but is not: save it as UTF-8") from None


def _guessed(raw: bytes) -> str:
    encoding = _encoding(raw)
    return raw.decode(encoding, errors="replace")


def _encoding(raw: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8; raises `BadArticle` for none."""
    from charset_normalizer import from_bytes  # seldom needed

    logging.getLogger("charset_normalizer").setLevel(logging.WARNING)
    matches = from_bytes(raw[:_SAMPLE])
    best = matches.best()
    if best is None:
        raise BadArticle(_BINARY)
    encoding = best.encoding
    # English with a few curly quotes fits many Latin code pages: of equals take the common one.
    for match in matches:
        same = match.chaos <= best.chaos and match.coherence >= best.coherence
        if same and (match.encoding == "cp1252" or "cp1252" in match.could_be_from_charset):
            encoding = "cp1252"
    try:
        raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return encoding if encoding != "cp1252" else best.encoding
    return encoding
