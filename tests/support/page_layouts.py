"""Pages in thirty layouts, made of invented articles; each tells what its reader should find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from tests.support import page_surroundings as around
from tests.support.invented_news import Maker, Story
from tests.support.live_layouts import json_only, live_shown, live_told


@dataclass(frozen=True)
class Page:
    """A page: its layout, bytes and kind of file, and the words and facts that belong to it."""

    layout: str
    raw: bytes
    words: str
    story: Story
    ending: str = ".html"


def pages(seed: int, count: int) -> Iterator[Page]:
    """As many pages, the layouts in turn."""
    names = list(LAYOUTS)
    for number in range(count):
        name = names[number % len(names)]
        make = Maker(seed + number)
        story = make.story()
        made = LAYOUTS[name](make, story)
        html, words = made if isinstance(made, tuple) else (made, "\n".join(story.paragraphs))
        if name == "saved_whole":
            yield Page(name, around.mhtml(html), words, story, ".mhtml")
        else:
            yield Page(name, html.encode(), words, story)


Made = str | tuple[str, str]


def ps(story: Story, tag: str = "p", **names: str) -> str:
    """The paragraphs, each in a tag."""
    told = "".join(f' {key.rstrip("_")}="{value}"' for key, value in names.items())
    return "\n".join(f"<{tag}{told}>{escape(one, quote=False)}</{tag}>" for one in story.paragraphs)


def plain(make: Maker, story: Story) -> Made:
    return around.page(make, story, f"<article>{around.head(make, story)}{ps(story)}</article>")


def in_aside(make: Maker, story: Story) -> Made:
    name = make.pick("content", "story-main", "lead")
    inner = f'<aside class="{name}">{around.head(make, story)}{ps(story)}</aside>'
    return around.page(make, story, around.cookies(make) + inner)


def in_cell(make: Maker, story: Story) -> Made:
    menu = "<br>".join(f"<a href=#>{one}</a>" for one in ("Home", "News", "Sport", "Weather"))
    told = f"<h1>{story.title}</h1>{ps(story)}"
    body = (
        f'<table width="760"><tr><td width="120">{menu}</td><td bgcolor="#ffffff">{told}</td>'
        f"<td width=160>{around.links(make, story)}</td></tr></table>"
    )
    return around.bare(story, body, around.metas(story))


def siblings(make: Maker, story: Story) -> Made:
    parts = []
    for one in story.paragraphs:
        parts.append(f'<div class="block text-block"><p>{one}</p></div>')
        if make.random.random() < 0.3:
            parts.append('<div class="block ad-slot">Advertisement</div>')
    return around.page(make, story, around.head(make, story) + "".join(parts))


def machine_names(make: Maker, story: Story) -> Made:
    def name() -> str:
        return f"css-{make.random.randrange(16**6):06x}"

    parts = "".join(f'<div class="{name()}"><div>{one}</div></div>' for one in story.paragraphs)
    return around.page(make, story, f'<div class="{name()}"><h1>{story.title}</h1>{parts}</div>')


def broken_lines(make: Maker, story: Story) -> Made:
    text = make.pick("<br><br>", "<br/>\n<br />", "<br>&nbsp;<br>").join(story.paragraphs)
    return around.page(make, story, f"<h1>{story.title}</h1><div class='txt'>{text}</div>")


def nested_tables(make: Maker, story: Story) -> Made:
    rows = "".join(f"<tr><td><font size=2>{one}</font></td></tr>" for one in story.paragraphs)
    inner = f"<table><tr><td><b>{story.title}</b></td></tr>{rows}</table>"
    menu = "".join(f"<td><a href=#>{one}</a></td>" for one in ("Home", "News", "Mail"))
    body = f"<table><tr>{menu}</tr></table><table><tr><td>{inner}</td></tr></table>"
    return around.bare(story, body, around.metas(story))


def sections(make: Maker, story: Story) -> Made:
    heads = [f"<h2>{make.fill('What {town} plans')}</h2>" for _ in range(2)]
    texts = [f"<p>{one}</p>" for one in story.paragraphs]
    third = len(texts) // 3
    parts = [*texts[:third], heads[0], *texts[third : 2 * third], heads[1], *texts[2 * third :]]
    words = "\n".join([*story.paragraphs, *(one[4:-5] for one in heads)])
    html = f"<main>{around.head(make, story)}<section>{''.join(parts)}</section></main>"
    return around.page(make, story, html), words


def microdata(make: Maker, story: Story) -> Made:
    body = f'<div itemprop="articleBody">{ps(story, "span", class_="x")}</div>'
    body = body.replace("</span>", "</span><br>")
    head = (
        f'<h1 itemprop="headline">{story.title}</h1><span itemprop="author">{story.author}</span>'
        f'<time itemprop="datePublished" datetime="{story.published.isoformat()}">then</time>'
    )
    return around.page(
        make, story, f'<div itemscope itemtype="https://schema.org/NewsArticle">{head}{body}</div>'
    )


def blog_engine(make: Maker, story: Story) -> Made:
    classes = "post-12 post type-post has-sidebar category-comments tag-related hentry"
    return around.page(
        make,
        story,
        f'<div id="primary" class="content-area"><article class="{classes}">'
        f'<header class="entry-header">{around.head(make, story)}</header>'
        f'<div class="entry-content">{ps(story)}{around.share(make)}</div>'
        f'<div class="jp-relatedposts">{around.teasers(make, story)}</div></article>'
        f"{around.comments(make, story, 3)}</div>",
    )


def overlay(make: Maker, story: Story) -> Made:
    html = around.cookies(make) + around.modal(make) + f"<div class='story'>{ps(story)}</div>"
    return around.page(make, story, f"<h1>{story.title}</h1>{html}")


def boxes_within(make: Maker, story: Story) -> Made:
    texts = [f"<p>{one}</p>" for one in story.paragraphs]
    texts.insert(2, around.box(make, story))
    texts.insert(4, around.box(make, story))
    return around.page(
        make, story, f"<article>{around.head(make, story)}{''.join(texts)}</article>"
    )


def pictures(make: Maker, story: Story) -> Made:
    texts = [f"<p>{one}</p>" for one in story.paragraphs]
    texts.insert(1, around.figure(make, story))
    texts.insert(3, around.figure(make, story))
    return around.page(
        make, story, f"<article>{around.head(make, story)}{''.join(texts)}</article>"
    )


def pleas_within(make: Maker, story: Story) -> Made:
    texts = [f"<p>{one}</p>" for one in story.paragraphs]
    texts.insert(2, f"<p><strong>Read more:</strong> <a href=#>{make.title()}</a></p>")
    texts.insert(4, around.newsletter(make))
    return around.page(
        make,
        story,
        f"<article>{around.head(make, story)}{''.join(texts)}{around.share(make)}</article>",
    )


def many_comments(make: Maker, story: Story) -> Made:
    html = f"<article>{around.head(make, story)}{ps(story)}</article>"
    return around.page(make, story, html + around.comments(make, story, 25))


def with_table(make: Maker, story: Story) -> Made:
    cells = ["th" if not number else "td" for number in range(len(story.rows))]
    rows = "".join(
        "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>"
        for tag, row in zip(cells, story.rows, strict=True)
    )
    texts = [f"<p>{one}</p>" for one in story.paragraphs]
    texts.insert(2, f"<figure class='wp-block-table'><table>{rows}</table></figure>")
    words = "\n".join([*story.paragraphs, *(" ".join(row) for row in story.rows)])
    return around.page(make, story, f"<article>{''.join(texts)}</article>"), words


def with_list(make: Maker, story: Story) -> Made:
    tag = make.pick("ul", "ol")
    items = "".join(f"<li>{one}</li>" for one in story.items)
    texts = [f"<p>{one}</p>" for one in story.paragraphs]
    texts.insert(2, f"<{tag}>{items}</{tag}>")
    words = "\n".join([*story.paragraphs, *story.items])
    return around.page(make, story, f"<article>{''.join(texts)}</article>"), words


def quoted(make: Maker, story: Story) -> Made:
    texts = [f"<p>{one}</p>" for one in story.paragraphs]
    said, who = make.fill("We have waited {n} years for this {thing}."), make.name()
    texts.insert(2, f"<blockquote><p>{said}</p><cite>{who}</cite></blockquote>")
    texts.insert(4, f"<p>The {who} paper calls it <q>a bridge of sighs</q> in its leader.</p>")
    pulled = story.paragraphs[0].split(". ")[0]
    texts.insert(5, f"<aside class='pull-quote'>{pulled}</aside>")
    words = [
        *story.paragraphs,
        said,
        who,
        f"The {who} paper calls it a bridge of sighs in its leader.",
    ]
    return around.page(make, story, f"<article>{''.join(texts)}</article>"), "\n".join(words)


def walled(make: Maker, story: Story) -> Made:
    kept = story.paragraphs[:3]
    data = {"@type": "NewsArticle", "headline": story.title, "isAccessibleForFree": False}
    plea = make.pick(
        "Log in or subscribe for 2.95 a week to read the full story.",
        "To continue reading this article, please subscribe.",
        "This article is only available to subscribers. Already a subscriber? Sign in.",
    )
    html = "".join(f"<p>{one}</p>" for one in (*kept, plea, plea))
    return around.page(make, story, f"<article>{html}</article>", around.script(data)), "\n".join(
        kept
    )


def amp(make: Maker, story: Story) -> Made:
    texts = ps(story).replace("</p>", "</p><amp-ad type=x><div>Ad</div></amp-ad>", 2)
    bar = "<amp-sidebar id=s><ul><li><a href=#>Home</a></li></ul></amp-sidebar>"
    return around.page(make, story, f"{bar}<article class='amp-article'>{texts}</article>")


def single_file(make: Maker, story: Story) -> Made:
    url = "https://tarrowcourier.example/saved"
    note = f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: Mon Mar 16 2026\n-->"
    style = "<style>:root{--x:url(data:image/png;base64," + "A" * 2_000 + ")}</style>"
    texts = "".join(f"<p class=p>{one}" for one in story.paragraphs)
    html = f"<html lang=en>{note}<meta charset=utf-8><title>{story.title}</title>{style}"
    body = f"{around.menu(make)}<article><h1>{story.title}</h1>{texts}</article>"
    return f"<!DOCTYPE html> {html}<body>{body}"


def interview(make: Maker, story: Story) -> Made:
    asked = [make.fill("What became of the {thing}?") for _ in story.paragraphs]
    pairs = zip(asked, story.paragraphs, strict=True)
    told = "".join(f"<dt>{one}</dt><dd>{other}</dd>" for one, other in pairs)
    words = "\n".join([*story.paragraphs, *asked])
    return around.page(make, story, f"<main><h1>{story.title}</h1><dl>{told}</dl></main>"), words


def own_tags(make: Maker, story: Story) -> Made:
    texts = "".join(f"<x-text><p>{one}</p></x-text>" for one in story.paragraphs)
    state = "<script>window.__STATE__={" + '"a":1}' + "</script>"
    return around.page(make, story, f"<x-app><x-story>{texts}</x-story></x-app>{state}")


def among_cards(make: Maker, story: Story) -> Made:
    html = f"<article class='story'>{around.head(make, story)}{ps(story)}</article>"
    return around.page(make, story, f"<main>{html}{around.cards(make, story)}</main>")


def one_form(make: Maker, story: Story) -> Made:
    html = (
        f"<form id='aspnetForm' method=post><div>{around.head(make, story)}{ps(story)}</div></form>"
    )
    return around.page(make, story, html)


def bio_below(make: Maker, story: Story) -> Made:
    bio = (
        f'<div class="author-bio"><p>{story.author} writes about towns. {story.around[1]}</p></div>'
    )
    return around.page(make, story, f"<article>{ps(story)}{bio}</article>{around.newsletter(make)}")


def saved_whole(make: Maker, story: Story) -> Made:
    html = f"<article>{around.head(make, story)}{ps(story)}</article>"
    return around.page(make, story, around.cookies(make) + html)


LAYOUTS: dict[str, Callable[[Maker, Story], Made]] = {
    each.__name__: each
    for each in (
        plain, in_aside, json_only, in_cell, siblings, machine_names, broken_lines, nested_tables,
        sections, microdata, blog_engine, overlay, boxes_within, pictures, pleas_within,
        many_comments, with_table, with_list, quoted, walled, amp, live_told, live_shown,
        single_file, interview, own_tags, among_cards, one_form, bio_below, saved_whole,
    )
}  # fmt: skip
