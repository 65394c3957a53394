"""Layouts whose words are told to machines alone, and live blogs."""

from __future__ import annotations

from tests.support import page_surroundings as around
from tests.support.invented_news import Maker, Story

Made = str | tuple[str, str]


def live_told(make: Maker, story: Story) -> Made:
    updates, words = around.updates(make, story)
    data = {
        "@type": "LiveBlogPosting",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "liveBlogUpdate": [
            {"@type": "BlogPosting", "headline": head, "articleBody": body,
             "datePublished": at.isoformat()}
            for at, head, body in reversed(updates)
        ],
    }  # fmt: skip
    shown = "".join(f"<div><h3>{head}</h3><p>{body}</p></div>" for _, head, body in updates)
    return around.page(make, story, f"<main>{shown}</main>", around.script(data)), words


def live_shown(make: Maker, story: Story) -> Made:
    updates, words = around.updates(make, story)
    shown = "".join(
        f'<article class="live-post"><time datetime="{at.isoformat()}">{at:%H:%M}</time>'
        f"<h3>{head}</h3><p>{body}</p></article>"
        for at, head, body in reversed(updates)
    )
    html = f'<div class="live-blog"><h1>{story.title}</h1>{shown}</div>'
    return around.page(make, story, html), words


def json_only(make: Maker, story: Story) -> Made:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Tarrow Courier"},
            {
                "@type": make.pick("NewsArticle", "ReportageNewsArticle"),
                "headline": story.title,
                "datePublished": story.published.isoformat(),
                "author": {"@type": "Person", "name": story.author},
                "articleBody": make.pick("\n\n", "\n").join(story.paragraphs),
            },
        ],
    }
    shell = '<div id="root"></div><noscript>Please enable JavaScript.</noscript>'
    return around.bare(story, shell, around.script(data))
