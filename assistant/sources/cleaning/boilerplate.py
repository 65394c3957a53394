"""Lines that belong to the page, not to the article: comment forms, share bars, subscriptions.

A line goes only when the whole of it is known; one that merely holds such words stays.
"""

from __future__ import annotations

import re


def _lines(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.strip().splitlines())


# Compared in lower case, straight apostrophes, without marks at the end.
_ALWAYS = _lines(
    """
    advertisement
    advertisements
    advertising
    all rights reserved
    article continues after advertisement
    article continues below
    be the first to comment
    cancel reply
    click here to cancel reply
    click here to sign up
    click here to subscribe
    click to share
    close this dialog
    comments are closed
    continue reading
    continue reading below
    copyright, all rights reserved
    create an account
    create a free account
    email address
    email this article
    email this story
    enter your email
    enter your email address
    hide caption
    leave a comment
    leave a reply
    leave this field empty
    loading
    loading comments
    log in to comment
    log in to leave a comment
    notify me of follow-up comments by email
    notify me of new posts by email
    notify me via e-mail if anyone answers my comment
    please enable javascript
    please enable javascript to view this page
    please enter your comment
    please enter your name here
    please log in to comment
    post a comment
    post comment
    print this article
    print this story
    read more
    read more here
    read next
    read the full story
    related articles
    related coverage
    related posts
    related stories
    related topics
    required fields are marked
    save my name and email in this browser for the next time i comment
    save my name, email, and website in this browser for the next time i comment
    scroll to continue
    share on facebook
    share on linkedin
    share on pinterest
    share on reddit
    share on twitter
    share on whatsapp
    share on x
    share this article
    share this page
    share this post
    share this story
    sign in to comment
    sign up for our newsletter
    sign up for our newsletters
    sign up now
    skip advertisement
    skip to content
    skip to main content
    story continues after advertisement
    story continues below
    story continues below advertisement
    submit comment
    subscribe now
    subscribe to our newsletter
    subscribe to our newsletters
    thank you for subscribing
    this site uses akismet to reduce spam
    learn how your comment data is processed
    view comments
    view all comments
    write a comment
    you must be logged in to post a comment
    your comment is awaiting moderation
    your email address
    your email address will not be published
    """
)

# Buttons, and words too: they go at an article's edge or beside one another, never alone inside.
_BUTTONS = _lines(
    """
    back to top
    comment
    comments
    copy
    copy link
    email
    e-mail
    facebook
    flipboard
    instagram
    like
    linkedin
    link copied
    log in
    login
    menu
    messenger
    name
    pinterest
    print
    reddit
    reply
    save
    search
    share
    sign in
    sign up
    subscribe
    telegram
    threads
    tweet
    twitter
    website
    whatsapp
    x
    youtube
    """
)

_NEWSLETTER = (
    r"(?:please )?(?:sign up|subscribe|click here to (?:sign up|subscribe))"
    r"(?: now| here| today)? (?:for|to) [\w '&-]{0,60}newsletters?"
    r"(?: here| now| today| below| and [\w ',-]{1,60}| to [\w ',-]{1,60})?"
)
_NETWORK = r"(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|threads|telegram|whatsapp)"
_PATTERNS = re.compile(
    rf"{_NEWSLETTER}"
    rf"|(?:follow|like|find|join) us on {_NETWORK}(?:(?:,| and|, and| or| &)? {_NETWORK}){{0,6}}"
    r"(?: @\w{1,40})?"
    r"|(?:copyright )?(?:©|\(c\)|&copy;) ?(?:copyright )?(?:19|20)\d\d(?:\W{1,3}(?:19|20)\d\d)?"
    r"(?:[ ,.|][^?!“”\"]{0,90})?"
    r"|copyright (?:19|20)\d\d[^?!“”\"]{0,60} all rights reserved"
    r"|(?:we use|(?:this|our) (?:web ?)?site uses) cookies"
    r"(?: (?:to (?:improve|give|ensure|make|personali[sz]e|provide)|and|for) .{1,80})?"
    r"|would you like to receive [\w '-]{1,40} newsletters? ?\?"
    r"|support (?:local|our|independent) journalism[.:,]? "
    r"(?:by subscribing|subscribe) to .{1,40} today"
    r"|\d{1,2} min(?:ute)?s? read"
)

# What stands below one of these at the end of an article is what other people wrote.
_TAILS = re.compile(
    r"be the first to comment|leave a (?:reply|comment)|(?:\d{1,5}|no) comments?"
    r"|related (?:articles|coverage|posts|stories)|(?:post|write) a comment"
    r"|view(?: all)? comments"
)
_LONGEST_TAIL = 30  # lines; more is a list that the article is made of

_MOST_WORDS = 15
_MOST_CHARACTERS = 120
_MARKS = " .:!*…»›>→"
_SENTENCE_END = re.compile(r"(?<=[.!*]) +")


def drop(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines that stay, and the lines of furniture that go, each in order.

    Blank lines stay; an article is never dropped whole below a tail's heading.
    """
    shown = [number for number, line in enumerate(lines) if line]
    keys = [_key(lines[number]) for number in shown]
    gone = {place for place, key in enumerate(keys) if _is_boilerplate(key)}
    gone |= _edge_buttons(keys, gone)
    gone |= _tail(keys, [lines[number] for number in shown], gone)
    out = {shown[place] for place in gone}
    kept = [line for number, line in enumerate(lines) if number not in out]
    return kept, [lines[number] for number in sorted(out)]


def _key(line: str) -> str:
    """The line as it is looked up, "" when it is too long to be furniture."""
    if len(line) > _MOST_CHARACTERS or line.count(" ") >= _MOST_WORDS:
        return ""
    return line.casefold().replace("’", "'").strip(_MARKS)


def _is_boilerplate(key: str) -> bool:
    if not key:
        return False
    if key in _ALWAYS or _PATTERNS.fullmatch(key):
        return True
    parts = [part.strip(_MARKS) for part in _SENTENCE_END.split(key)]
    return len(parts) > 1 and all(part in _ALWAYS or not part for part in parts)


def _edge_buttons(keys: list[str], gone: set[int]) -> set[int]:
    """The buttons that stand first, last, or beside another button or furniture."""
    buttons = {place for place, key in enumerate(keys) if key in _BUTTONS}
    marked = buttons | gone
    last = len(keys) - 1
    return {
        place
        for place in buttons
        if place in (0, last) or place - 1 in marked or place + 1 in marked
    }


def _tail(keys: list[str], lines: list[str], gone: set[int]) -> set[int]:
    """Every place from the first tail heading that only short lines follow, unless none is left."""
    start, since = len(keys), 0
    for place in range(len(keys) - 1, 0, -1):
        known = place in gone or keys[place] in _BUTTONS
        since += not known
        if since > _LONGEST_TAIL or not (known or _is_short(lines[place])):
            break
        if _TAILS.fullmatch(keys[place]):
            start, since = place, 0
    has_text = any(place not in gone for place in range(start))
    return set(range(start, len(keys))) if has_text else set()


def _is_short(line: str) -> bool:
    return len(line) <= _MOST_CHARACTERS and line.count(" ") < _MOST_WORDS
