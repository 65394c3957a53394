"""The options of python -m assistant.evaluate, and how each is explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

Target = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        help="A folder with articles.jsonl and questions.jsonl, one newsroom file, or stories: "
        "files whose lines hold articles and requests, or a folder of stories-*.jsonl.",
    ),
]
More = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE]...", help="More files for --with; without it, more stories."),
]
Also = Annotated[
    list[Path] | None,
    typer.Option("--with", metavar="FILE...", help="Index the articles of these files too."),
]
Store = Annotated[
    Path | None,
    typer.Option(help="Folder of the index. Default: one in your cache, kept for next time."),
]
AsIs = Annotated[
    bool, typer.Option("--as-is", help="Ask the index as it stands; add nothing to it.")
]
Results = Annotated[
    Path | None, typer.Option(help="File of results. Default: in the index's folder.")
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Ask everything anew, not only what is missing.")
]
Compare = Annotated[
    Path | None, typer.Option(metavar="OLD", help="Compare with this file of results.")
]
Html = Annotated[
    Path | None, typer.Option(help="Write a page with figures, plots and every failure.")
]
Since = Annotated[str, typer.Option(metavar="DAY", help="Only questions asked since this day.")]
Until = Annotated[str, typer.Option(metavar="DAY", help="Only questions asked until this day.")]
Sample = Annotated[
    int, typer.Option(min=0, help="Ask only this many of them, always the same ones.")
]
Voices = Annotated[
    bool, typer.Option("--voices", help="Of stories: ask each request in its other wordings.")
]
Endings = Annotated[
    list[str] | None,
    typer.Option("--stories", metavar="ID...", help="Only stories whose id ends so: 04 08."),
]


@dataclass(frozen=True, slots=True)
class Manner:
    """How an exam of either kind is run: the options above, as given; `others`: articles too."""

    others: Sequence[Path] = ()
    store: Path | None = None
    as_is: bool = False
    results: Path | None = None
    fresh: bool = False
    compare: Path | None = None
    sample: int = 0
    as_json: bool = False
