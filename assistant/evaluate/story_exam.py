"""From stories to the requests that are asked, and what a right answer to each holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadSetting
from assistant.evaluate import story_files
from assistant.evaluate.exam_questions import Question, sampled
from assistant.evaluate.story_files import Asked, Evidence, Story
from assistant.questions.understanding import day


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a story: how it is asked, and how to tell a right answer."""

    question: Question
    known: Asked

    @property
    def kind(self) -> str:
        return self.known.kind

    @property
    def refuse(self) -> bool:
        """Whether no sentence answers it."""
        return self.known.refuse

    @property
    def points(self) -> tuple[tuple[Evidence, ...], ...]:
        """For each point the sentences that cover it."""
        return tuple(point.any_of for point in self.known.points)

    @property
    def allowed(self) -> tuple[Evidence, ...]:
        """Every sentence that may be quoted."""
        return (*(one for point in self.points for one in point), *self.known.fine)


def asked(
    files: Iterable[Path], *, voices: bool = False, endings: Sequence[str] = (), sample: int = 0
) -> list[Request]:
    """The requests of these files, `sample` of them if given, always the same ones.

    `voices`: in their other wordings instead. `endings`: only of stories whose id ends so. Raises
    `BadSetting` for a broken line, an id that comes twice, or when nothing is left.
    """
    stories: dict[str, Story] = {}
    found: list[Request] = []
    for file in files:
        for place, story in story_files.read(file):
            if story.id in stories:
                raise BadSetting(f"{place}: the id {story.id!r} comes twice. Give each its own.")
            stories[story.id] = story
            if not endings or story.id.endswith(tuple(endings)):
                found += _requests(story, place, voices=voices)
    for ending in endings:
        if not any(id.endswith(ending) for id in stories):
            raise BadSetting(f"No story's id ends in {ending!r}. The first is {min(stories)!r}.")
    if not found:
        wanted = 'other wordings ("also")' if voices else "requests"
        raise BadSetting(f"The stories have no {wanted}. Give them some, or ask others.")
    return sampled(found, sample)


def _requests(story: Story, place: str, *, voices: bool) -> Iterator[Request]:
    for n, one in enumerate(story.requests, 1):
        today = one.today or story.last_day
        day(today, f"{place}, request {n}: today")
        wordings = one.also if voices else (one.request,)
        for voice, text in enumerate(wordings, 1):
            id = f"{story.id}/{n}" + (f"/{voice}" if voices else "")
            yield Request(Question(id, text, today, history=one.history), one)
