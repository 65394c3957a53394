"""Whether Chroma's files are still as they were left: a damaged one can end the whole process.

A bit that fell over in its graph makes Chroma answer wrongly, or crash where nothing can be caught.
So the files are summed when they are closed and compared before they are opened.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from pathlib import Path

# Times in a row that a process may end after opening it and before it worked: a kill at that very
# moment is borne, a crash at each opening is not.
_ENDS = 2
_PIECE = 1 << 20


class DamageNote:
    """The note beside a Chroma folder. The caller holds Chroma's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._note = folder.with_name(f"{folder.name}.sums")
        self._works = False

    def doubt(self) -> str:
        """Why the files are not to be opened; empty when they may be."""
        if not self._folder.is_dir():
            return ""
        try:
            noted = json.loads(self._note.read_text())
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            return f"the note {self._note.name} cannot be read ({error})"
        if isinstance(noted, int):
            return "it failed, or ended the process, when last used" if noted >= _ENDS else ""
        return "" if noted == _sums(self._folder) else "its files are not as they were left"

    def opened(self) -> None:
        """From now on the files change; counts how often that was so before without success."""
        try:
            noted = json.loads(self._note.read_text())
        except (OSError, ValueError):
            noted = 0
        self._write(noted + 1 if isinstance(noted, int) else 1)
        self._works = False

    def worked(self) -> None:
        """Chroma was searched or written, and the process is still there."""
        if not self._works:
            self._write(0)
            self._works = True

    def lost(self) -> None:
        """It failed: it is not to be opened again."""
        self._write(_ENDS)

    def closed(self) -> None:
        """The files are whole, and nothing has them open."""
        with suppress(OSError):
            self._write(_sums(self._folder))

    def forget(self) -> None:
        """The files are gone."""
        self._note.unlink(missing_ok=True)

    def _write(self, noted: object) -> None:
        with suppress(OSError):  # a full disk: then the files are opened next time as they are
            self._note.write_text(json.dumps(noted))


def _sums(folder: Path) -> dict[str, list[int]]:
    return {
        str(path.relative_to(folder)): [path.stat().st_size, _sum(path)]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _sum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            total = zlib.crc32(piece, total)
    return total
