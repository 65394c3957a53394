"""From the files of a training folder to tasks. The only file that knows their forms."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.pools import Line, Pool, Task, lines, split, told

# Never trained on, never chosen by: the figures of the model card.
KEPT = ("newsroom-culture", "fresh")
DEV = ("-04", "-08")  # stories that are for measuring only
TOLD_OF = 5  # so often cited, an article is one of its story; the others may be about another
_MARKS = (("-lrb- ", "("), (" -rrb-", ")"), ("`` ", '"'), (" ''", '"'), (" -- ", " - "))
_SPACE = re.compile(r" (?=[.,;:?!%)]|'s\b|n't\b|'re\b)")


def tidy(text: str) -> str:
    """Text as printed, from the spaced-out form of a treebank."""
    text = text.strip()
    for mark, printed in _MARKS:
        text = text.replace(mark, printed).replace(mark.upper(), printed)
    return _SPACE.sub("", text)


def newsroom(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Our own articles with their questions, by file: those of `folder`, then those kept here."""
    found = sorted([*folder.glob("newsroom-*.jsonl"), *folder.glob("quiz-*.jsonl")])
    files = [*found, *sorted((Path(__file__).parent / "newsroom").glob("*.jsonl"))]
    return {
        path.stem: [json.loads(row) for row in path.read_text("utf-8").splitlines() if row.strip()]
        for path in files
    }


def kept_aside(files: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Every tenth article outside the kept file, with the other reports of its event."""
    rows = [row for stem, rows in files.items() if stem not in KEPT for row in rows]
    links: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for asked in row["questions"]:
            for other in asked.get("also_elsewhere", ()):
                links[row["id"]].add(other["id"])
                links[other["id"]].add(row["id"])
    chosen = {row["id"] for row in rows[3::10]}
    return chosen.union(*(links[name] for name in chosen))


def own_tasks(
    files: dict[str, list[dict[str, Any]]], wanted: set[str], pool: Pool, *, training: bool
) -> list[Task]:
    """The questions and near misses of the wanted articles, with candidates from the pool."""
    made = []
    for stem, row in ((stem, row) for stem, rows in files.items() for row in rows):
        if row["id"] not in wanted:
            continue
        homes = [row["id"]] if training else []
        for asked in row["questions"]:
            short = asked["answer"] if asked["kind"] not in ("yesno", "why", "how") else ""
            others = asked.get("also_elsewhere", ())
            elsewhere = [other["sentence"] for other in others]
            right = dict.fromkeys([asked["sentence"], *asked.get("also", ()), *elsewhere], short)
            topical = [row["id"], *(other["id"] for other in others)]
            made.append(
                pool.task(asked["question"], origin=stem, right=right, answer=short, homes=homes,
                          topical=topical)
            )  # fmt: skip
        for asked in row.get("unanswerable", ()):
            made.append(pool.task(asked["question"], origin=stem, homes=homes, topical=[row["id"]]))
    return made


def own_pool(files: dict[str, list[dict[str, Any]]], wanted: set[str]) -> Pool:
    """Our own articles, cut into sentences and indexed together."""
    rows = [row for rows in files.values() for row in rows if row["id"] in wanted]
    return Pool({row["id"]: told(row["text"], row["id"], row["title"]) for row in rows})


def stories(folder: Path) -> list[dict[str, Any]]:
    """Our developing stories with the requests about them."""
    return [
        json.loads(row)
        for path in sorted(folder.glob("stories-*.jsonl"))
        for row in path.read_text("utf-8").splitlines()
        if row.strip()
    ]


def story_pool(found: list[dict[str, Any]], more: Pool | None = None) -> Pool:
    """The articles of the stories, and those of another pool, indexed together."""
    articles = {
        one["id"]: told(" ".join(one["text"].split(" ")), one["id"], one["title"])
        for story in found
        for one in story["articles"]
    }
    return Pool({**articles, **(more.articles if more else {})})


def story_tasks(
    found: list[dict[str, Any]],
    pool: Pool,
    *,
    training: bool,
    wordings: int = 3,
    rng: random.Random | None = None,
) -> list[Task]:
    """The requests of stories, in up to so many wordings; of a follow-up with those before it."""
    made = []
    for story in found:
        cited = Counter(
            one["article"] for asked in story["requests"] for point in asked["points"]
            for one in point["any_of"]
        )  # fmt: skip
        told_of = {name for name, times in cited.items() if times >= TOLD_OF}
        others = {one["id"] for one in story["articles"]} - told_of
        for asked in story["requests"]:
            served = [one for point in asked["points"] for one in point["any_of"]]
            ways = [asked["request"], *asked.get("also", ())]
            if rng:
                ways = rng.sample(ways, min(wordings, len(ways)))
            homes = sorted({one["article"] for one in served})
            for way in ways[:wordings]:
                made.append(
                    pool.task(
                        " ".join([*asked.get("history", [])[-1:], way]),
                        origin=f"{story['id']} {asked['kind']}",
                        right={one["sentence"]: one.get("answer", "") for one in served},
                        fine=[one["sentence"] for one in asked.get("fine", ())],
                        homes=homes if training else [],
                        topical=[*told_of, *homes],
                        vague=others,
                        search=asked.get("standalone", way) if asked.get("history") else "",
                    )
                )
    return made


def open_tasks(folder: Path, rng: random.Random) -> list[Task]:
    """Lists from the openly licensed sets."""
    made: list[Task] = []
    for read, most in ((_xquad, 1190), (_squad2, 500), (_clapnq, 600), (_nqg, 900), (_qamr, 500)):
        articles: dict[str, list[Line]] = {}
        asked = list(read(folder, articles))
        pool = Pool(articles)
        for question, home, right, answer in rng.sample(asked, min(most, len(asked))):
            task = pool.task(
                question,
                origin=read.__name__,
                right=dict.fromkeys(right, answer),
                answer=answer if right else "",
                homes=[home],
                topical=[home],
                vague=articles,
                articles=3,
                most=48,
            )
            if bool(task.right) == bool(right):
                made.append(task)
    return made


# What each reader yields: a question, the name of its article, the texts that answer it (none
# when nothing does), and the short answer.
Asked = tuple[str, str, list[str], str]


def _around(context: str, start: int) -> str:
    at = 0
    for text in split(context):
        at = context.index(text, at)
        if at <= start < at + len(text):
            return text
    return ""


def _xquad(folder: Path, articles: dict[str, list[Line]]) -> Iterator[Asked]:
    for article in json.loads((folder / "xquad-en.json").read_text("utf-8"))["data"]:
        title = article.get("title", "").replace("_", " ")
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            name = f"xquad-{len(articles)}"
            articles[name] = lines(name, title, split(context))
            for asked in paragraph["qas"]:
                answer = asked["answers"][0]
                right = _around(context, answer["answer_start"])
                yield asked["question"], name, [right], answer["text"]


def _squad2(folder: Path, articles: dict[str, list[Line]]) -> Iterator[Asked]:
    answers = json.loads((folder / "squad2-500-answers.json").read_text("utf-8"))
    names: dict[str, str] = {}
    for asked in json.loads((folder / "squad2-500-questions.json").read_text("utf-8"))["queries"]:
        context = asked["context"]
        name = names.setdefault(context, f"squad2-{len(names)}")
        articles[name] = lines(name, "", split(context))
        impossible = answers[asked["id"]]["is_impossible"]
        given = [] if impossible else answers[asked["id"]]["answers"]
        right = [text for text in split(context) if given and given[0] in text]
        if bool(right) == bool(given) and len(right) < 3:
            yield asked["question"], name, right, given[0] if given else ""


def _clapnq(folder: Path, articles: dict[str, list[Line]]) -> Iterator[Asked]:
    for path in (folder / "clapnq-answerable.jsonl", folder / "clapnq-unanswerable.jsonl"):
        for row in path.read_text("utf-8").splitlines():
            asked = json.loads(row)
            passage = asked["passages"][0]
            name = f"clapnq-{len(articles)}"
            texts = [tidy(text) for text in passage["sentences"]]
            articles[name] = lines(name, passage["title"], texts)
            chosen = asked["output"][0]["selected_sentences"]
            yield asked["input"], name, [tidy(text) for text in chosen], ""


def _nqg(folder: Path, articles: dict[str, list[Line]]) -> Iterator[Asked]:
    for part in (1, 2):
        questions = (folder / f"squad-questions-{part}.txt").read_text("utf-8").splitlines()
        texts = (folder / f"squad-sentences-{part}.txt").read_text("utf-8").splitlines()
        # Neighbours in the file are neighbours in an article: a dozen make a stand-in for one.
        order = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        groups: dict[str, list[str]] = defaultdict(list)
        for text, at in order.items():
            groups[f"nqg-{part}-{at // 12}"].append(tidy(text))
        for name, group in groups.items():
            articles[name] = lines(name, "", group, linked=False)
        for question, text in zip(questions, texts, strict=True):
            yield tidy(question), f"nqg-{part}-{order[text] // 12}", [tidy(text)], ""


def _qamr(folder: Path, articles: dict[str, list[Line]]) -> Iterator[Asked]:
    with (folder / "qamr-sentences.tsv").open(encoding="utf-8", newline="") as rows:
        found = dict(row[:2] for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
    groups: dict[str, list[str]] = defaultdict(list)
    for key in found:
        groups[key.rsplit(":", 2)[0]].append(key)
    for name, keys in groups.items():
        texts = [tidy(found[key]) for key in sorted(keys, key=_place)]
        articles[name] = lines(name, "", texts, linked=False)
    asked: dict[str, str] = {}  # one question a sentence, the longest: it says most
    for part in ("dev", "test"):
        for row in (folder / f"qamr-{part}.tsv").read_text("utf-8").splitlines():
            key, question = row.split("\t")[0], row.split("\t")[5]
            if ":wikinews:" in key and len(question) > len(asked.get(key, "")):
                asked[key] = question
    for key, question in asked.items():
        if len(question.split()) >= 6:
            yield question, key.rsplit(":", 2)[0], [tidy(found[key])], ""


def _place(key: str) -> tuple[int, int]:
    paragraph, sentence = key.rsplit(":", 2)[1:]
    return int(paragraph), int(sentence)
