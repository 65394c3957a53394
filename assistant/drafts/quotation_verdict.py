"""From a quotation of a draft to the verdict on it, with the places that prove it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafts import reasons
from assistant.drafts.draft_quotations import FEW, DraftQuotation
from assistant.drafts.joined_words import Part, joined
from assistant.drafts.likeness import Like, in_other_words, most_alike, told_by_the_same
from assistant.drafts.matching import Match, match
from assistant.drafts.printed_text import PrintedText
from assistant.drafts.quotation_tokens import Piece, pieces, searched, tokens
from assistant.drafts.same_speaker import Likeness, compare, is_outlet_of
from assistant.drafts.shelf import Shelf
from assistant.drafts.shown_places import Place, by_day, shown
from assistant.evidence.claimed_figures import figures
from assistant.evidence.named_speaker import given_to
from assistant.records import Changed, CheckedQuotation, Quote
from assistant.records.reports import QuotationVerdict
from assistant.text.attribution.resolve_speaker import Speaker

# The better a place bears out that the words are the one's whom the draft names, the lower; of
# each likeness for words that stand there as somebody's own, and for others.
_RANK: dict[Likeness, tuple[int, int]] = {"same": (0, 2), "unsure": (1, 4), "other": (3, 5)}

# How like a quotation what is printed must be so that it is not looked for in parts.
SURELY = 0.85


def checked(asked: DraftQuotation, shelf: Shelf, outlets: Sequence[str]) -> CheckedQuotation:
    """The verdict on a quotation; `outlets` are those that the draft names beside it."""
    own = pieces(asked.text)
    texts = shelf.in_a_row(_words(asked.text, one) for one in own)
    matches = _matches(asked, texts)
    if not any(map(_is_fine, matches)):
        more = [text for text in shelf.like(searched(asked.text)) if text not in texts]
        matches += _matches(asked, more)
        texts = [*texts, *more]
    told = _Verdicts(asked, shelf, outlets)
    if fine := [one for one in matches if _is_fine(one)]:
        return told.printed(fine)
    if turned := [one for one in matches if one.turned and not one.mixed]:
        return told.turned(turned[0])
    if title := next((text for text in texts if _is_title(own, text)), None):
        return told.headline(title)
    if matches:
        return told.joined([Part(matches[0].text, run) for run in matches[0].runs])
    if len(tokens(asked.text)) >= FEW:
        near = most_alike(asked, texts)
        surely = near and near[0].share >= SURELY
        if not surely and (parts := joined(asked.text, own, texts)):
            return told.joined(parts)
        if near:
            return told.altered(near)
    return told.in_other_words(in_other_words(asked, texts))


def _words(text: str, piece: Piece) -> str:
    first, last = piece.tokens[0].start, piece.tokens[-1].end
    before = max(0, first - 1) if text[first - 1 : first] == "[" else first  # "[T]he"
    return searched(text[before:last])


def _is_title(own: Sequence[Piece], text: PrintedText) -> bool:
    """Whether a quotation is an article's title."""
    title = [one.plain for one in tokens(text.article.source.title)]
    return len(own) == 1 and own[0].plain == title


def _matches(asked: DraftQuotation, texts: Sequence[PrintedText]) -> list[Match]:
    return [found for text in texts if (found := match(asked, text))]


def _is_fine(one: Match) -> bool:
    return not (one.mixed or one.turned)


class _Verdicts:
    """The verdicts on one quotation."""

    def __init__(self, asked: DraftQuotation, shelf: Shelf, outlets: Sequence[str]) -> None:
        self.asked = asked
        self.shelf = shelf
        self.outlets = outlets
        self._asked: dict[str, str] = {}  # by who says it, whom the draft gives it to

    def printed(self, fine: Sequence[Match]) -> CheckedQuotation:
        """Of words that are printed: as they stand, or by another."""
        rank = min(map(self._rank, fine))
        chosen = [one for one in fine if self._rank(one) == rank]
        exact = [one for one in chosen if one.exact]
        verdict: QuotationVerdict = "word_for_word" if exact else "same"
        if rank in _RANK["other"]:
            if len(tokens(self.asked.text)) < FEW:  # anybody says "a trap"
                return self._made("not_printed", reasons.not_by(self._claimed))
            verdict = "other_speaker"
        elif rank in (2, 4):
            verdict = "paraphrased"
        places = self._places([*exact, *(one for one in chosen if not one.exact)])
        because = reasons.printed(verdict, places, self._claimed, sure=rank != 1)
        return self._made(verdict, f"{because}{self._elsewhere(places)}", places)

    def headline(self, text: PrintedText) -> CheckedQuotation:
        """Of the title of an article, which no article's text prints."""
        source = text.article.source
        return self._made("word_for_word", reasons.headline(source))

    def turned(self, one: Match) -> CheckedQuotation:
        """Of words between which something that matters was left out, or put in."""
        places = self._places([one])
        return self._made("altered", reasons.altered(places, one.turned), places, one.turned)

    def joined(self, parts: Sequence[Part]) -> CheckedQuotation:
        """Of words from several places."""
        spans = [Place(one.text.article, one.run.start, one.run.end) for one in parts]
        places = shown(spans, self.shelf)
        return self._made("joined", reasons.joined(places), places)

    def altered(self, near: Sequence[Like]) -> CheckedQuotation:
        """Of words some of which are printed otherwise."""
        best = [one for one in near if one.share >= near[0].share - 0.05]
        one = min(best, key=lambda one: (self._likeness_rank(one), -one.share))
        told = self._likeness_rank(one)
        places = self._spans([Place(one.text.article, one.start, one.end)])
        if told == 2:
            because = reasons.printed("paraphrased", places, self._claimed)
            return self._made("paraphrased", because, places, one.changes)
        other = self._claimed if told in _RANK["other"] else ""
        return self._made(
            "altered", reasons.altered(places, one.changes, other), places, one.changes
        )

    def in_other_words(self, found: Sequence[Like]) -> CheckedQuotation:
        """Of words that are not printed: whether the same one says it in others."""
        one = told_by_the_same(self.asked, found, self.shelf)
        if one is None:
            near = found[:1]
            nearest = self._spans([Place(one.text.article, one.start, one.end) for one in near])
            because = reasons.not_printed(nearest, self.shelf.is_filtered)
            return self._made("not_printed", because, nearest=nearest)
        places = self._spans([Place(one.text.article, one.start, one.end)])
        verdict: QuotationVerdict = "altered" if one.direct else "paraphrased"
        return self._made(verdict, reasons.in_other_words(places, direct=one.direct), places)

    def _given(self, said: str) -> str:
        """Whom the words beside the quotation give it to, if that is not the one who says it."""
        if self.asked.rest and said not in self._asked:
            self._asked[said] = given_to(self.asked.rest, said, self.shelf.store).other
        return self._asked.get(said, "")

    @property
    def _claimed(self) -> str:
        named = self.asked.said.name if self.asked.said else next(iter(self._asked.values()), "")
        return " ".join(named.split())

    def _rank(self, one: Match) -> int:
        return self._ranked(one.text, one.said, direct=one.direct)

    def _likeness_rank(self, one: Like) -> int:
        return self._ranked(one.text, one.said, direct=one.direct)

    def _ranked(self, text: PrintedText, said: Speaker | None, *, direct: bool) -> int:
        given = self._given(said.name) if said else ""
        claimed = Speaker(given, None, "", 0, 0) if given else self.asked.said
        if claimed is None:
            return 0
        if is_outlet_of(claimed.name, text):
            return 0
        return _RANK[compare(claimed, said, text, self.shelf)][not direct]

    def _places(self, matches: Sequence[Match]) -> tuple[Quote, ...]:
        return self._spans([Place(one.text.article, one.start, one.end) for one in matches])

    def _spans(self, places: Sequence[Place]) -> tuple[Quote, ...]:
        """The places as quotations: those of outlets that the draft names first, then by day."""
        told = shown(places, self.shelf)
        return tuple(sorted(told, key=lambda one: (-self._named(one), by_day(one))))

    def _named(self, one: Quote) -> int:
        """How much of a source the draft names beside the quotation: outlet, day, title."""
        near, day = self.asked.near, one.source.published
        days = {figure.day for figure in figures(near) if figure.day}
        is_day = day is not None and (day.day, f"{day:%b}".lower()) in days
        title = " ".join(one.source.title.split()).casefold()
        return self._is_meant(one) + is_day + (title in near.casefold())

    def _is_meant(self, one: Quote) -> bool:
        return any(source.publisher in self.outlets for source in (one.source, *one.copies))

    def _elsewhere(self, places: Sequence[Quote]) -> str:
        """That none of the outlets prints it that the draft names beside it."""
        if not self.outlets or any(map(self._is_meant, places)):
            return ""
        return reasons.elsewhere(self.outlets)

    def _made(
        self,
        verdict: QuotationVerdict,
        because: str,
        places: tuple[Quote, ...] = (),
        changes: tuple[Changed, ...] = (),
        nearest: tuple[Quote, ...] = (),
    ) -> CheckedQuotation:
        asked = self.asked
        where = (asked.text, asked.start, asked.end)
        return CheckedQuotation(*where, verdict, because, self._claimed, changes, places, nearest)
