"""The verbs by which a writer tells what someone says, thinks, wants or refuses.

Chosen after VerbNet's classes say-37.7, indicate-78, promise-37.13, judgment-33, admire-31.2,
conjecture-29.5, want-32.1, wish-62, urge-58.1, reject-77.2, approve-77.1, forbid-67, defend-72.2.
What is as often done by hand is left out: "attack", "back", "hit". Tables only.
"""

from __future__ import annotations

import functools
import re

from assistant.text.attribution.alternation import any_of


def _forms(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, f"{verb[:-1]}ied", f"{verb[:-1]}ies", f"{verb}ing"}
    third = f"{verb}es" if verb.endswith(("s", "h")) else f"{verb}s"
    return {verb, third, f"{stem}ed", f"{stem}ing"}


def _all_forms(verbs: str) -> set[str]:
    return set[str]().union(*map(_forms, verbs.split()))


_REGULAR = """
accuse acknowledge admire advocate affirm allege announce applaud approve argue articulate assail
assert assume authorise authorize avow believe bemoan blame caution champion chastise chide
chronicle cite claim clarify commend compare complain compliment concede conclude condemn confirm
consider contend contest contradict convince criticise criticize debate decide decry demand
denounce deny deplore deride describe despise detail detest disagree disavow disclose discuss
dismiss disown disparage dispute distrust doubt downplay echo emphasise emphasize encourage
endorse envisage envision exaggerate exhort expect explain extol fathom favor favour fear grill
highlight hope hypothesize imagine implore imply indicate insist intend invoke lambast lament laud
liken loathe lobby mention misrepresent mock note oppose outline overestimate overstate perceive
persuade pledge ponder portray praise predict prefer presume proclaim profess promise propose
propound protest reaffirm rebuke recommend reconsider reference refuse refute regret reiterate
reject renounce report repudiate resent retweet reveal ridicule scold signal speculate spurn
stipulate stress suggest support surmise suspect taunt testify theorize threaten tout trumpet
underestimate underscore understate urge veto vilify voice vow want warn wish worry yearn
"""
_IRREGULAR = """
say says tell tells plan plans planned planning agree agrees agreed uphold upholds upheld upholding
foresee foresees foresaw foreseeing overrule overrules overruled overruling rebut rebuts rebutted
bash bashes bashed bashing blast blasts blasted blasting slam slams slammed slamming rip rips ripped
"""
# What may begin a clause that is said or thought.
_CLAUSE = (
    r"\s(?:(?:\w+ly|again|now|then|also|bitterly)\s)?(?:that|how|what|why|whether|where|when|who|he|"
    r"she|it|they|there)\b"
)
_FINITE = r"is|are|was|were|has|have|had|will|would|could|can|should|may|might|must|did|does|cannot"
_ANY_CLAUSE = (
    rf"(?:{_CLAUSE}|\s(?:(?!(?:as|when|while|after|before|and|but|which|if|until|because|since)\s)"
    rf"[\w'’.%$-]+\s){{1,7}}?(?:{_FINITE})\b)"
)
_FEELING = (
    r"concerns?|doubts?|fears?|hopes?|outrage|anger|misgivings|reservations|support|worry|worries|"
    r"regrets?|questions|objections|confidence|frustration|interest|views?|opinions?|opposition|"
    r"dismay|disappointment|shock|sympathy|gratitude|skepticism|scepticism|optimism|alarm|pride|"
    r"condolences|surprise|sorrow|relief|thanks|unease|illusions|ideas"
)
_PAPER = (
    r"statements?|warnings?|apology|apologies|letters?|messages?|reports?|plans?|proposals?|agenda|"
    r"strategy|tweets?|orders?|speech|denial|call|recommendations?|rul(?:es?|ings?)|guidelines|"
    r"endorsements?|appeal|verdict|policy|platform"
)
# These do so only with what stands here after them; what is in (?=...) is said.
_WITH = {
    "think thinks thought thinking know knows knew feel feels felt see sees saw learn learns "
    "learned understand understands understood show shows showed shown showing realize realizes "
    "realized realizing realise realises realised recognize recognizes recognized recognizing "
    "notice notices noticed remember remembers remembered recall recalls recalled hear heard prove "
    "proves proved demonstrates demonstrated judged guess guesses guessed swear "
    "swears "
    "swore said found finds find reckon reckons reckoned told adds added adding wrote writes "
    "states "
    "stated stating maintain maintains maintained determined determines concurred concurs confess "
    "confesses confessed estimate estimates estimated forecast forecasts ask asks asked asking "
    "wonder wonders wondered wondering question questions questioned questioning quipped joked "
    "jokes boasted boasts declared declares declaring admitted admits admitting observed observes "
    "counter counters countered replied replies saying": rf"(?={_ANY_CLAUSE})",
    "think thinks thought thinking know knows knew understand understands understood learned "
    "told": r"(?=\s(?:his|her|their|its)\b)",
    "call calls called calling": (
        r"(?:\s(?:for|on)\b|(?=\s(?:\S+\s){1,8}?(?:an?\s|[‘'\"“])|"
        r"\s(?:the|this|that|his|her|its|their|it|him|them)\b[^,.;]{0,60}?\s(?:\w+(?:ed|ic|al|ous|ive|"
        r"ful|less|able|ible)|too\s\w+|(?:weak|strong|bett|wors|wis|saf|fair)er|ugly|wrong|right|bad|"
        r"good|false|absurd|cruel|weak|strong|wise|safe|unsafe|fair|unfair|silly|premature|overdue)"
        r"(?:[.,;]|$|\s(?:and|or|but|in|on|for|by|because)\b)))"
    ),
    "point points pointed pointing": r"\s(?:out|to)\b",
    "speak speaks spoke spoken speaking talk talks talked talking": (
        r"(?:\s\w+ly)?\s(?:about|of|out|against)\b"
    ),
    "decline declines declined declining": r"(?=\sto\s(?!comment))",
    "seek seeks sought seeking aim aims aimed strive strives strove resolve resolved long longed "
    "dream dreamed dreams ask asks asked vote votes voted voting offer offers offered offering opt "
    "opts opted volunteer volunteers volunteered request requests requested agree": r"(?=\sto\s)",
    "vote votes voted voting": r"(?=(?:\s[^\s,;]+){1,6}?,?\sto\s)",
    "vote votes voted voting campaign campaigns campaigned campaigning push pushes pushed pushing "
    "press presses pressed pressing plead pleads pleaded pleading appeal appeals appealed "
    "appealing "
    "lobbied lobbies ask asks asked asking pray prays prayed vouch vouches vouched apologize "
    "apologizes apologized apologizing apologise apologises apologised": (
        r"(?:\s\w+day)?\s(?:for|against)\b(?!\scomment)"
    ),
    "rule rules ruled ruling": (
        r"(?:\sout\b|(?:\s\w+day)?\s(?:against|in favou?r of)\b|(?=\sthat\b))"
    ),
    "comment comments commented commenting insist insisted reflect reflects reflected": r"\son\b",
    "weigh weighs weighed weighing": r"\sin\s(?:\w+day\s)?(?:on|about|with)\b",
    "refer refers referred referring object objects objected objecting react reacts reacted "
    "respond responds responded consent consents consented attest attests attested": r"\sto\b",
    "brag brags bragged bragging boast boasts boasted boasting joke jokes joked joking gripe "
    "gripes griped gush gushes gushed rave raves raved lie lied hear heard know knows knew wonder "
    "wonders wondered": r"\s(?:about|of)\b",
    "rail rails railed railing bristle bristles bristled scoff scoffs scoffed balk balks balked "
    "marvel marvels marveled marvelled lash lashes lashed hit": (
        r"\s(?:out\s)?(?:at|against|back\sat)\b"
    ),
    "express expresses expressed expressing voice voices voiced voicing raise raises raised "
    "raising "
    "share shares shared sharing air airs aired cite cites cited have has had": (
        rf"\s(?:[\w-]+\s){{0,3}}?(?:{_FEELING})\s(?:about|over|at|that|with|on|for|to|of|by|in)\b"
    ),
    "unveil unveils unveiled unveiling release releases released releasing issue issues issued "
    "issuing publish publishes published deliver delivers delivered present presents presented lay "
    "lays laid laying sound sounds sounded unleash unleashes unleashed": (
        rf"(?:\sout\b|(?=\s(?:[\w-]+\s){{1,4}}?(?:{_PAPER})\b))"
    ),
    "make makes made making": (
        r"(?:\s(?:it\s)?clear\b|(?=\s(?:the|an?|his|her|its|their)?\s?(?:\w+\s)?"
        r"(?:case|argument|claims?|promises?|pledges?|comments?|remarks?|points?)\b))"
    ),
    "view views viewed viewing see sees regard regards regarded describes cast casts paint paints "
    "painted characterize characterizes characterized judged interpret interprets interpreted": (
        r"(?=\s[^,;.]{1,80}?\sas\s(?!(?:he|she|it|they|we|I)\b))"
    ),
    "question questions questioned questioning": (
        r"(?=\s(?:(?:the|his|her|their|its)\s(?:very\s)?(?:\w+ity|\w+ness|\w+ment|\w+[st]ion|\w+ance|"
        r"\w+ence|wisdom|health|need|value|motives|judgment|point|timing|use|way)\b|\S+['’]s\s\w))"
    ),
    "back backs backed backing": r"\s(?:off|away\sfrom)\b",
    "bring brings brought sum sums summed single singles singled": r"\s(?:up|out)\b",
    "focus focuses focused": r"\son\b",
    "double doubles doubled doubling": r"\sdown\son\b",
    "embrace embraces embraced embracing": (
        r"(?=\s(?:the|his|her|its|their|an?)\s(?:idea|plan|view|notion|call))"
    ),
    "loves loved hates hated likes liked": r"(?=\s(?!(?:it|him|her|them)\b)\w)",
    "vie vies vied": r"\sfor\b",
    "offer offers offered offering give gives gave": (
        r"(?=\s(?:[\w-]+\s){0,3}?(?:advice|insights?|apology|apologies|explanations?|praise|condolences|"
        r"assessments?|thoughts|criticism|reassurances?|assurances?|views?|opinions?)\b)"
    ),
    "take takes took taking": r"\s(?:issue\swith|offen[cs]e\sat|aim\sat)\b",
    "throw throws threw throwing": r"\s(?:his|her|its|their)\s(?:\w+\s)?support\sbehind\b",
    "stop stops stopped stopping": r"\sshort\sof\s(?:\w+ing)\b",
    "is are was were been remain remains remained became become grew": (
        r"\s(?:(?:also|still|now|very|so|more|quite|too|not|\w+ly)\s){0,2}(?:"
        r"(?:opposed|committed|dedicated|sympathetic|resistant|loath|eager|reluctant|willing|"
        r"unwilling|determined|hesitant|ready)\sto\b|in\sfavou?r\sof\b|against\b(?!\s\d)|"
        r"(?:an?\s(?:[\w-]+\s){0,4}?(?:opponent|supporter|critic|advocate|proponent|defender))\sof\b|"
        r"(?:critical|supportive|wary|skeptical|sceptical|suspicious|afraid|fearful|certain|sure|"
        r"convinced|confident|proud|unaware|aware|tired|dismissive|unsure|mindful)\s(?:of|that|about)\b|"
        r"(?:worried|concerned|frustrated|angry|incensed|outraged|upset|alarmed|disappointed|unhappy|"
        r"happy|pleased|glad|hopeful|optimistic|pessimistic|adamant|furious|dismayed|uneasy|shocked|"
        r"surprised|delighted|coy|vague|frank|sorry)\s(?:that|about|over|at)\b|(?:frustrated|worried|"
        r"concerned|disappointed|unhappy|happy|pleased|satisfied)\swith\b|"
        r"(?:sure|convinced|certain|worried|glad)(?=\s(?:he|she|it|they|\w+\s(?:would|will|is|was))\b)|"
        r"(?:on|in)\s(?:board\swith|agreement\swith|support\sof|despair\sover)\b)"
    ),
}
# A headline's verbs have a capital, and so has what follows.
_HEADLINE = (
    "Wants Denies Rejects Refuses Urges Vows Seeks Shows Endorses Opposes Condemns "
    "Criticizes Insists "
    "Believes Thinks Agrees Suggests Threatens Denounces Blasts Slams Rips Mocks Demands "
    "Promises Proposes"
)
# At a sentence's end these tell of what stands before: "It rained, the records show."
_ENDING = (
    "say said shown shows show showed found learned suggest suggests suggested indicate indicates"
)
# Of a paper, a poll or a video these tell with anything after them: "the poll showed Roe in front".
_TELLING = (
    "show shows showed shown showing find finds found reveals revealed documents documented puts "
    "references"
)
SURE = frozenset(_IRREGULAR.split()) | _all_forms(_REGULAR)
_OPENING = {verb.capitalize() for verb in SURE if verb.endswith("ing")}
STANCE = re.compile(
    rf"(?<![\w’'-])(?:{any_of(SURE | _OPENING)}(?![\w’'-])|"
    + "|".join(rf"{any_of(forms.split())}{then}" for forms, then in _WITH.items())
    + rf"|{any_of(_HEADLINE.split())}(?=\s[A-Z‘'“\"])"
    + rf"|(?P<ends>{any_of(_ENDING.split())})(?=[.]?$)"
    + rf"|(?P<tells>{any_of(_TELLING.split())})(?![\w’'-]))"
)
_FIRST = re.compile(
    r"(?<![\w’'-])"
    + any_of(
        SURE.union(
            _OPENING, _TELLING.split(), _ENDING.split(), _HEADLINE.split(), *map(str.split, _WITH)
        )
    )
    + r"(?![\w’'-])"
)


@functools.lru_cache(maxsize=4)  # a sentence is read several times in a row
def stances(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """Each match of `STANCE` in `text[start:end]`: tried only where one of its words stands."""
    matches = []
    at = start
    while first := _FIRST.search(text, at, end):
        found = STANCE.match(text, first.start(), end)
        if found:
            matches.append(found)
        at = (found or first).end()
    return tuple(matches)


# Whose object may stand only behind them, unlike "agreed on", "worried about", "in May".
TRANSITIVE = SURE - _all_forms(
    "agree argue believe boast caution complain confess debate decide disagree dream fear "
    "hope insist "
    "lobby object ponder protest speculate suspect testify theorize warn wish worry yearn "
    "plan confirm"
) - frozenset("say says tell tells agree agrees agreed".split()) | frozenset(
    "planned suspected suspect".split()
)
BASE = frozenset(
    f"{_REGULAR} say tell plan agree uphold foresee overrule rebut bash blast slam rip show "
    "find think "
    "know feel see learn understand realize recognize call point speak talk seek aim ask "
    "vote offer "
    "need campaign push press plead rule comment refer object respond express voice raise "
    "share have "
    "unveil release issue publish deliver make take remain are".split()
)
# These say, so that a clause before "Roe said" is theirs.
SAYS = frozenset(
    "say says said tell tells told claim claims claimed note notes noted argue argues argued warn "
    "warns warned add adds added announce announces announced explain explains explained suggest "
    "suggests suggested report reports reported insist insists insisted believe believes believed "
    "predict predicts predicted complain complains complained conclude concludes concluded".split()
)
# "continued to call for", "appeared to suggest": what comes after "to" is done.
CHAIN = re.compile(
    r"(?<!\w)(?:continue[sd]?|began|begins?|starts?|started|appear(?:s|ed)?|seem(?:s|ed)?|tries|tried|"
    r"managed|came|went\son|goes\son|comes|got|gets|hastened|hurried|rushed|(?:is|was|were)\s(?:also\s)?able|"
    r"(?:met|gathered|convened|assembled|used|took|spoke|wrote|called|turned|returned|appeared)"
    r"(?:\s[^\s,;:.“”]+){0,12}?)\sto\s(?:\w+ly\s)?$"
)
