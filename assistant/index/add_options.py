"""The options of python -m assistant.index add, and how each is explained."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

MOST = 1_024  # workers: more than any one machine has cores

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH_OR_URL...",
        help="Files (.txt .md .html .jsonl .csv .json .xml .eml .pdf .docx .epub .warc .zip ...), "
        "folders, addresses of web pages (http, https), or - for JSON lines on standard input.",
    ),
]
Feeds = Annotated[
    list[str] | None,
    typer.Option(metavar="URL_OR_FILE", help="A feed (RSS, Atom, JSON): the pages it lists."),
]
Sitemaps = Annotated[
    list[str] | None, typer.Option(metavar="URL", help="A site's sitemap: the pages it lists.")
]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DAY",
        help="Of sitemaps, only pages changed on this day (2026-11-26) or later, or undated.",
    ),
]
Opmls = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", help="A list of feeds, as feed readers export it."),
]
Sync = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FOLDER",
        help="A folder to follow: its files are added, and what left it is removed (undo: "
        "python -m assistant.index undo ID).",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only show what would be stored, and what dropped.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show each line that was dropped as furniture.")
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch also from this computer and its own networks."),
]
Title = Annotated[str, typer.Option(help="Title of an article that has none.")]
Publisher = Annotated[str, typer.Option(help="Outlet of articles that name none.")]
Author = Annotated[str, typer.Option(help="Author of articles that name none.")]
Published = Annotated[
    str, typer.Option(metavar="DAY", help="Day of articles without one, as 2022-03-08.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN,...",
        help="Which column or key of .csv, .tsv, .json and JSON lines holds which field: "
        "title=headline,text=body.",
    ),
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="Tag of every article added.")
]
TagFolders = Annotated[
    bool, typer.Option("--tag-folders", help="Tag each article with the names of its folders.")
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, max=MOST, metavar="N", help="Embed in N processes; with --ray: on N cores of it."
    ),
]
Ray = Annotated[
    str | None,
    typer.Option(
        metavar="[ADDRESS]",
        help="Embed on a Ray cluster, HOST:PORT or auto; without ADDRESS on one started here.",
    ),
]
