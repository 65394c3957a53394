"""From a note with Obsidian's own marks to Markdown that others read: links, callouts, comments."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^(?:```|~~~)", re.M)
_COMMENT = re.compile(r"%%.*?%%", re.S)
_EMBED = re.compile(r"!\[\[[^\[\]\n]{0,500}\]\]")
_LINK = re.compile(r"\[\[([^\[\]\n|]{0,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_CALLOUT = re.compile(r"^((?:> ?)+)\[!([\w-]{1,30})[^\]\n]{0,50}\][+-]?[ \t]*(.*)$", re.M)
_MARKED = re.compile(r"==(?=\S)([^=\n]{1,500}?)(?<=\S)==")
_BLOCK_ID = re.compile(r"[ \t]\^[a-zA-Z0-9-]{1,40}[ \t]*$|^\^[a-zA-Z0-9-]{1,40}[ \t]*$", re.M)
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,40}\](?!:)")
_OWN_LINE_TAGS = re.compile(r"^[ \t]*(?:#[^\W\d][\w/-]*[ \t]*)+$", re.M)


def plain(text: str) -> str:
    """The note as plain Markdown; blocks of code stay as they are."""
    parts, at, is_code = [], 0, False
    for fence in _FENCE.finditer(text):
        parts.append(text[at : fence.start()] if is_code else _plain(text[at : fence.start()]))
        at, is_code = fence.start(), not is_code
    return "".join(parts) + (text[at:] if is_code else _plain(text[at:]))


def _plain(text: str) -> str:
    if "%%" in text:
        text = _COMMENT.sub("", text)
    if "[[" in text:
        text = _LINK.sub(_shown, _EMBED.sub("", text))
    text = _CALLOUT.sub(_titled, text)
    text = _OWN_LINE_TAGS.sub("", text) if "#" in text else text
    return _FOOTNOTE.sub("", _BLOCK_ID.sub("", _MARKED.sub(r"\1", text)))


def _shown(link: re.Match[str]) -> str:
    """What a reader sees of a link: its own words, else the note's name."""
    if link[2]:
        return link[2]
    note, _, heading = link[1].partition("#")
    return note.rpartition("/")[2] or heading.lstrip("^")


def _titled(callout: re.Match[str]) -> str:
    """A callout's first line: its title as a paragraph, without its kind."""
    return f"{callout[1]}{callout[3]}\n{callout[1].rstrip()}" if callout[3] else callout[1].rstrip()
