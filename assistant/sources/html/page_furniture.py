"""Which parts of a page are not its story: by what they are called, and by what they say."""

from __future__ import annotations

import re
from typing import Any

# Words of `class` and `id` that name a part, in lower case with hyphens between the words.
_PARTS = (
    r"cookies?(?:-.*)?|consent(?:-.*)?|gdpr|ccpa|onetrust|didomi|cmp|privacy-(?:banner|notice|bar)",
    r"newsletters?(?:-.*)?|subscri(?:be|ption|ber)s?|sign-?up|meter|regwall|upsell|donat(?:e|ion)",
    r"shar(?:e|es|ing)|share-?(?:bar|buttons?|tools?|links?|row)|socials?|social-.*|addthis"
    r"|sharedaddy|follow-us|copy-link",
    r"related.*|recommend.*|recirc.*|more-(?:on|stories|from|news|articles|like).*|read-(?:more"
    r"|next"
    r"|also)|also-read|see-also|most-(?:read|popular|viewed)|trending|popular|outbrain|taboola"
    r"|you-(?:may|might).*|further-reading|up-next|teasers?|promo(?:s|tion|-box)?|onward",
    r"comments?(?:-.*)?|disqus.*|respond|responses|discussion",
    r"caption|captions|(?:photo|image|media|picture|figure|img)-(?:caption|credits?|source|legend)"
    r"|wp-caption(?:-text)?|credits?|copyright|legend",
    r"ads?|adverts?|advertisement|advertising|ad-.*|sponsor(?:ed|s)?|dfp|gpt|banner",
    r"breadcrumbs?|menu|nav|navbar|navigation|toolbar|side-?bar|footer|site-?(?:header|footer|nav)"
    r"|masthead|skip-?(?:links?|nav)|pagination|pager|page-links|topbar|bottombar|header-.*nav",
    r"tags|tag-?(?:list|cloud|links)|topics|keywords|categories|category-links|cat-links",
    r"author-(?:bio|box|info|card|profile)|about-(?:the-)?author|bio|byline.*|by-?line|author"
    r"|(?:article|post|entry|story)-?(?:meta|info|byline|date|author|time|footer)|meta|dateline-.*"
    r"|timestamp|time-?stamp|pub-?date|publish(?:ed)?-?(?:date|time|on)|posted-on|updated?-?(?:date"
    r"|time|on|at)|last-?(?:updated|modified)|read-?(?:ing-)?time",
    r"modal|pop-?up|overlay|toast|lightbox|dialog|snackbar",
    r"gallery|carousel|slide-?show|slider|video-?(?:player|js)|player|audio-?player",
    r"widgets?|ratings?|poll|quiz|survey|reactions?|feedback|print-?(?:only|link)",
    r"screen-reader-(?:text|only)|visually-?hidden|sr-only|screenreader|hidden|noprint",
)
_NAMED = re.compile("|".join(f"(?:{each})" for each in _PARTS))
# Of these one word is enough, wherever it stands in a name: "subscription-widget-wrap".
_STRONG = re.compile(
    r"cookies?|consent|newsletters?|subscri(?:be|ption|ber)s?|signup|related|recommend(?:ed"
    r"|ations?)"
    r"|sharing|share|social|sharebar|comments|promo|adverts?|advertisement|advertising|ad|ads"
    r"|sponsored|captions?|byline|breadcrumbs?|teasers?|outbrain|taboola"
)
# Names of the story's own parts: never furniture, whatever else the same part is called.
_STORY = re.compile(
    r"(?:article|story|post|entry|page|main|news|text|body|rich|live-?blog)-?(?:body|content|text"
    r"|main|copy|entry|post)|content|prose|paragraphs?|story|post|entry|article|body|main"
)
_PULLED = re.compile(r"pull|quote|highlight|callout|excerpt|standout")
_TAGS = frozenset(
    "script style noscript template iframe object embed svg canvas math button input select "
    "textarea nav footer dialog figcaption audio video menu amp-ad amp-analytics amp-sidebar "
    "amp-consent amp-social-share option label".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar "
    "complementary tablist status alert".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# What begins a name that tells of a whole page or post, such as "has-sidebar", "tag-banner".
_ABOUT = frozenset("has is no with without js tag category cat type status format page".split())
_SPLIT = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_NAME = 60  # a longer class is made by a machine
_MOST_NAMES = 12

_READ = r"(?:read|continue|see|view|access|unlock|keep reading)"
_SUBSCRIBE = r"(?:subscri(?:be|bers?|ption)|log ?in|sign ?in|sign ?up|register|become a member)"
# What a page says to its reader, not of the news; the whole line is such sentences.
_NOTICE = re.compile(
    rf"(?:to (?:continue reading|{_READ}(?: the| this)?(?: full| whole| rest of the)?"
    r" (?:story|article|text))\b.*"
    rf"|(?:please )?(?:log ?in|sign ?in|{_SUBSCRIBE})(?: now| today)?(?:,? (?:or|and|to|for"
    rf"|with) .*)?"
    rf"(?:\b{_READ}\b|\bunlimited\b|\bfull (?:story|access|article)\b|\ba (?:week|month|year)\b).*"
    r"|(?:already|not (?:yet )?) ?(?:a|an) (?:subscriber|member)\b.*"
    r"|already (?:have an account|subscribed|registered)\b.*"
    r"|(?:this|the)(?: full| rest of (?:this|the))? (?:article|story|content|text) is "
    r"(?:only |exclusively )?(?:available|reserved|free|for) (?:only )?(?:to|for)? ?(?:our )?"
    r"(?:subscribers|members|registered|paying).*"
    r"|(?:you have|you've) (?:read|reached|used|viewed|\d+|one|no) .*(?:free|limit|articles?).*"
    r"|we are checking your access.*|checking your (?:access|browser|subscription).*"
    r"|(?:enjoy|get|start|try) (?:unlimited|full|your free|digital) (?:access|trial|subscription).*"
    r"|(?:we|this (?:web)?site|our (?:web)?site|our partners)(?: and our partners)? (?:use|uses"
    r"|store"
    r"|value) (?:cookies|your privacy).*"
    r"|(?:by (?:clicking|continuing)|accept(?: all)?|manage|reject(?: all)?|refuse) .*"
    r"(?:cookies?|preferences|consent).*|accept(?: all)?|reject all|manage (?:choices|options)"
    r"|(?:share|tweet|pin|e-?mail|print|save|like|copy link|facebook|twitter|x|whatsapp|linkedin"
    r"|reddit|telegram|bluesky|threads|mastodon|messenger|link|on|via|this (?:article|story)|and|"
    r"[|·•,/&])(?:\W+(?:share|tweet|pin|e-?mail|print|save|like|copy|facebook|twitter|x|whatsapp"
    r"|linkedin|reddit|telegram|bluesky|threads|mastodon|messenger|link|on|via|this|article|story"
    r"|and))*"
    r"|our standards ?:.*"
    r"|(?:image|photo|picture)(?: source| credit)?s?\s*[:,].*"
    r"|(?:jetzt|bitte) (?:anmelden|abonnieren|registrieren).*"
    r"|(?:weiterlesen|diesen artikel|den ganzen artikel|der ganze artikel) .*(?:abo|abonnent\w*"
    r"|anmeld\w+|lesen).*"
    r"|(?:cet|la suite de cet|la suite de l')\W?article est réservée? .*abonn.*"
    r"|(?:déjà abonné|connectez-vous|abonnez-vous).*"
    r"|(?:este|el resto de este) (?:artículo|contenido) (?:es|está) .*(?:suscriptores"
    r"|registrados).*"
    r"|(?:suscríbete|inicia sesión) .*)",
    re.I | re.S,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LONGEST_NOTICE = 400
# Of those, the ones that say that the story goes on elsewhere.
_WALL = re.compile(
    r"checking your access|to (?:continue|keep) reading|(?:full|rest of (?:the|this)) (?:story"
    r"|article"
    r"|text)|\b(?:for|to|only|by) (?:our |paying |registered )*(?:subscribers|members)\b"
    r"|subscribers[- ]only|unlimited access|subscri\w+ (?:to|and) (?:read|continue|keep|unlock"
    r"|access|see)"
    r"|(?:log|sign) ?in or (?:subscri|register)|subscribe or (?:log|sign) ?in|abonnent|abonnés?\b"
    r"|suscriptores|\babo\b",
    re.I,
)
_CUT = re.compile(
    r"(?:\[\+?\d+ ?(?:chars|characters|words)\]|\[?(?:…|\.\.\.)\]?|(?:continue reading|read more"
    r"|read the "
    r"(?:full|whole) (?:story|article)|weiterlesen|lire la suite|seguir leyendo)\W*)$",
    re.I,
)


def is_furniture(element: Any) -> bool:
    """Whether the tag, role, style or names of a part say that it is none of the story."""
    tag = element.tag
    if tag in _TAGS or element.get("role", "").lower() in _ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-modal") == "true":
        return True
    if _HIDDEN.search(element.get("style", "")[:500]):
        return True
    if tag in ("html", "body", "main", "article", "p", "h1") and element.get("id") is None:
        return tag in ("p", "h1", "article") and _is_named(element, own_only=True)
    return _is_named(element)


def _is_named(element: Any, *, own_only: bool = False) -> bool:
    names = [*element.get("class", "")[:1_000].split()[:_MOST_NAMES], element.get("id", "")]
    plain = ["-".join(filter(None, _SPLIT.split(one))).lower() for one in names if one]
    plain = [one for one in plain if len(one) <= _LONGEST_NAME]
    if not own_only and any(_STORY.fullmatch(one) for one in plain):
        return False
    return any(_NAMED.fullmatch(one) or _ended(one) for one in plain)


def _ended(name: str) -> bool:
    """Whether words of a longer name, or the last of them, are a part's: "c-article__meta"."""
    words = name.split("-")
    if words[0] in _ABOUT:
        return False
    if any(_STRONG.fullmatch(word) for word in words):
        return True
    return any(_NAMED.fullmatch("-".join(words[at:])) for at in range(1, min(len(words), 5)))


def is_pulled(element: Any) -> bool:
    """Whether a part is set in large letters, or apart: a pull quote, which repeats the story."""
    names = f"{element.get('class', '')} {element.get('id', '')}"[:300].lower()
    return element.tag in ("aside", "blockquote") or bool(_PULLED.search(names))


def is_notice(line: str) -> bool:
    """Whether a line speaks to the reader of the page: of cookies, subscriptions, sharing."""
    if len(line) > _LONGEST_NOTICE:
        return False
    parts = [part for part in _SENTENCE.split(line.strip(" .!")) if part.strip()]
    told = [bool(_NOTICE.fullmatch(part.strip(" .!*»›"))) for part in parts]
    return bool(told) and told[0] and sum(told) * 2 >= len(told)


def says_wall(line: str) -> bool:
    """Whether a notice says that the story goes on for those who pay or log in."""
    return bool(_WALL.search(line[:_LONGEST_NOTICE]))


def is_cut(text: str) -> bool:
    """Whether a text ends as one that goes on elsewhere."""
    return bool(_CUT.search(text[-60:].rstrip()))
