"""What stands around an article on a page: menus, boxes, captions, comments, notices."""

from __future__ import annotations

import json
import quopri
from datetime import datetime, timedelta

from tests.support.invented_news import Maker, Story

Update = tuple[datetime, str, str]


def page(make: Maker, story: Story, body: str, head: str = "") -> str:
    """A page with a menu above, boxes beside and a footer below."""
    side = f'<div class="{make.pick("sidebar", "rail", "side-bar")}">{links(make, story)}</div>'
    if make.random.random() < 0.4:
        side = f"<aside>{side}</aside>"
    return bare(story, f"{menu(make)}{body}{side}{footer(make)}", metas(story) + head)


def bare(story: Story, body: str, head: str) -> str:
    """A page with nothing but this."""
    title = f"<title>{story.title} | Tarrow Courier</title>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{title}{head}</head>'
        f"<body>{body}</body></html>"
    )


def metas(story: Story) -> str:
    """What a head says of its article."""
    return (
        f'<meta property="article:published_time" content="{story.published.isoformat()}">'
        f'<meta name="author" content="{story.author}">'
        '<meta property="og:site_name" content="Tarrow Courier">'
    )


def script(data: object) -> str:
    """JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def menu(make: Maker) -> str:
    """A header with links."""
    names = "Home News Sport Weather Opinion Culture Games Subscribe".split()
    told = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in names)
    return make.pick(
        f"<header><nav><ul>{told}</ul></nav></header>",
        f'<div class="top-menu"><ul>{told}</ul></div>',
        f'<div id="navigation"><ul>{told}</ul></div>',
    )


def footer(make: Maker) -> str:
    """What stands at the bottom."""
    told = "Copyright 2026 Tarrow Courier. All rights reserved. Contact us for corrections."
    return make.pick(f"<footer><p>{told}</p></footer>", f'<div class="site-footer">{told}</div>')


def article(make: Maker, story: Story, inner: str) -> str:
    """An <article> with its head."""
    return f"<article>{head(make, story)}{inner}</article>"


def head(make: Maker, story: Story) -> str:
    """Headline, byline and day."""
    day = f"{story.published:%B} {story.published.day}, {story.published.year}"
    return f"<h1>{story.title}</h1>" + make.pick(
        f'<div class="byline">By {story.author} | {day}</div>',
        f'<p class="byline">By {story.author}, {day} at 6:03 pm</p>',
        f'<div class="meta"><a rel="author" href="#">{story.author}</a> <time>{day}</time></div>',
    )


def cookies(make: Maker) -> str:
    """A notice of cookies."""
    name = make.pick("cookie-consent", "gdpr-banner", "onetrust-banner", "CookieNotice")
    return (
        f'<div class="{name}"><p>We use cookies to remember your choices on this site. Some '
        "cookies measure how many readers visit each page. You can refuse those that are not "
        "needed at any time.</p><button>Accept all</button></div>"
    )


def modal(make: Maker) -> str:
    """A window over the page."""
    return make.pick(
        '<div role="dialog"><p>Get our best stories every week. Type your address here.</p></div>',
        '<div class="modal popup"><p>Before you go: become a member, support our work.</p></div>',
    )


def newsletter(make: Maker) -> str:
    """An invitation to a newsletter."""
    name = make.pick("newsletter-signup", "c-newsletter", "NewsletterBox")
    return (
        f'<div class="{name}"><h3>The morning letter</h3><p>All the news of the harbour, in your '
        "mailbox at six. It is free and you can leave whenever you like.</p></div>"
    )


def share(make: Maker) -> str:
    """A row of buttons."""
    told = "".join(f"<li><a href=#>{one}</a></li>" for one in ("Facebook", "WhatsApp", "Email"))
    return (
        f'<div class="{make.pick("share-bar", "social-links", "sharedaddy")}"><ul>{told}</ul></div>'
    )


def links(make: Maker, story: Story) -> str:
    """A list of other headlines."""
    told = "".join(f"<li><a href=#>{make.title()}</a></li>" for _ in range(6))
    return f"<h3>{make.pick('Most read', 'Latest news', 'More stories')}</h3><ul>{told}</ul>"


def teasers(make: Maker, story: Story) -> str:
    """Other headlines with a sentence each."""
    return "".join(
        f"<div><h4><a href=#>{make.title()}</a></h4><p>{one}</p></div>" for one in story.around[:3]
    )


def box(make: Maker, story: Story) -> str:
    """A box of recommended articles."""
    name = make.pick("related-content", "recommended", "more-stories", "promo-box")
    told = teasers(make, story)
    return make.pick(
        f'<aside class="{name}"><h3>Related</h3>{told}</aside>',
        f'<div class="{name}">{told}</div>',
        f"<div><h3>Recommended</h3><ul><li><a href=#>{make.title()}</a></li></ul></div>",
    )


def cards(make: Maker, story: Story) -> str:
    """Cards of other articles, as articles of their own."""
    return "".join(
        f'<article class="card"><h3><a href="/n/7">{make.title()}</a></h3><p>{one}</p></article>'
        for one in story.around
    )


def figure(make: Maker, story: Story) -> str:
    """A picture with its caption."""
    told = f"A view of the town in winter, seen from the mole. {make.name()}/Tarrow Courier"
    return make.pick(
        f"<figure><img src=a.jpg><figcaption>{told}</figcaption></figure>",
        f'<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">{told}</p></div>',
        f'<div class="image"><img src=a.jpg><span class="image-caption">{told}</span></div>',
    )


def comments(make: Maker, story: Story, count: int) -> str:
    """What readers wrote."""
    told = "".join(
        f'<li class="comment"><b>{make.name()}</b><p>I do not agree. {make.sentence()}</p></li>'
        for _ in range(count)
    )
    name = make.pick('id="comments"', 'class="comments-area"', 'class="comment-list"')
    return f"<section {name}><h2>{count} comments</h2><ol>{told}</ol></section>"


def updates(make: Maker, story: Story) -> tuple[list[Update], str]:
    """The updates of a live blog, the earliest first, and the words a reader should find."""
    found: list[Update] = []
    for number, text in enumerate(story.paragraphs):
        at = story.published + timedelta(minutes=17 * number)
        found.append((at, make.title(), text))
    words = [f"{at.day} {at:%B %Y}, {at:%H:%M} UTC: {head} {body}" for at, head, body in found]
    return found, "\n".join(words)


def mhtml(html: str) -> bytes:
    """A page as Chromium saves it whole."""
    head = (
        "From: <Saved by Blink>\r\n"
        "Snapshot-Content-Location: https://tarrowcourier.example/whole\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; '
        'boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        "Content-Location: https://tarrowcourier.example/whole\r\n\r\n"
    )
    style = "\r\n--B\r\nContent-Type: text/css\r\n\r\np{}\r\n--B--\r\n"
    return head.encode() + quopri.encodestring(html.encode()) + style.encode()
