"""How well follow-up questions find their article, against the same questions standing alone.

    python -m assistant.evaluate.follow_up_search tests/data/conversations.jsonl index/articles

A line of the file holds `turns` (what the reader typed, the last one to be answered), `alone` (the
last one as a person would put it to somebody who heard none of the others), and `articles`, the
names of files in the folder, without ending, of which one must be found.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.ask import Assistant
from assistant.command_line import tidily
from assistant.evaluate.exam_questions import rows_of
from assistant.records import Turn
from assistant.settings import Settings
from assistant.sources.build_article import Skipped
from assistant.sources.files import read_files

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def found(assistant: Assistant, turns: list[str]) -> tuple[list[str], str]:
    """The titles of the articles that the last turn finds, best first, and what was searched."""
    history: list[Turn] = []
    for turn in turns[:-1]:
        reply = assistant.answer(turn, history=history)
        history += [Turn("user", turn), Turn("assistant", reply.text, reply.quotes)]
    growing = assistant.stream(turns[-1], history=history)
    reply = next(one for one in growing if one.hits or one.finished)  # no need to judge them
    return list(dict.fromkeys(hit.passage.source.title for hit in reply.hits)), reply.question


def measure(
    file: Path, folder: Path, assistant: Assistant
) -> list[tuple[dict[str, Any], int, int, str]]:
    """Each conversation, the place of its article with and without the turns, what was searched.

    Places count from 1; 99 when it was not found.
    """
    titles = {}
    for path in folder.iterdir():
        for one in read_files.read(path, most_bytes=1_000_000):
            if not isinstance(one, Skipped):
                titles[path.stem] = one[1].source.title
                assistant.add(one[1])
    made = []
    for asked in rows_of(file):
        wanted = {titles[stem] for stem in asked["articles"]}
        with_turns, searched = found(assistant, asked["turns"])
        alone, _ = found(assistant, [asked["alone"]])
        places = [
            next((n for n, title in enumerate(one, 1) if title in wanted), 99)
            for one in (with_turns, alone)
        ]
        made.append((asked, places[0], places[1], searched))
    return made


@app.command()
@tidily
def main(
    file: Annotated[Path, typer.Argument(help="The conversations.")],
    folder: Annotated[Path, typer.Argument(help="The articles.")],
    failures: Annotated[bool, typer.Option(help="List what was not found first.")] = False,
) -> None:
    """Print hit@1 and hit@5 of the last question with its turns, and standing alone."""
    with tempfile.TemporaryDirectory() as store:
        assistant = Assistant(Settings(store=Path(store)))
        made = measure(file, folder, assistant)
        assistant.close()
    kinds = defaultdict(list)
    for asked, with_turns, alone, searched in made:
        kinds[asked["kind"]].append((with_turns, alone))
        kinds["all"].append((with_turns, alone))
        if failures and with_turns > 1:
            typer.echo(f"{with_turns:2} ({alone}) {' | '.join(asked['turns'])}\n     {searched}")
    for kind, places in kinds.items():
        shares = [
            sum(pair[way] <= depth for pair in places) / len(places)
            for way in (0, 1)
            for depth in (1, 5)
        ]
        told = "with turns {:.2f} / {:.2f}, standing alone {:.2f} / {:.2f}".format(*shares)
        typer.echo(f"{kind} ({len(places)}): {told}")


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.follow_up_search")
