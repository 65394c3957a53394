"""The words that tell who speaks: verbs and nouns of saying, titles and roles.

Tables only: English newswire, knows nothing else of ours.
"""

from __future__ import annotations

import re

from assistant.text.attribution.alternation import any_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Past and present of one verb stand together; -ing forms are made where they differ.
_SAYING = """
admire admires admired | lambast lambasts lambasted | bash bashes bashed | rebuke rebukes
rebuked | chide chides chided | decry decries decried | deride derides derided | tease teases
teased | echo echoes echoed | elaborate elaborates elaborated | opine opines opined | voice
voices voiced | express expresses expressed | plead pleads pleaded | protest protests protested
| deplore deplores deplored | bemoan bemoans bemoaned | herald heralds heralded | welcome
welcomes welcomed | applaud applauds applauded | commend commends commended | reject rejects
rejected | dispute disputes disputed | challenge challenges challenged | advocate advocates
advocated | define defines defined | portray portrays portrayed | depict depicts depicted |
brand brands branded | deem deems deemed | regard regards regarded | blame blames blamed | fault
faults faulted | mention mentions mentioned | specify specifies specified | clarify clarifies
clarified | answer answers answered | retort retorts retorted | interject interjects interjected
| exclaim exclaims exclaimed | whisper whispers whispered | yell yells yelled | scream screams
screamed | cry cries cried | mutter mutters muttered | grumble grumbles grumbled | gush gushes
gushed | marvel marvels marveled | concur concurs concurred | speculate speculates speculated |
worry worries worried | fear fears feared | swear swears swore | attest attests attested |
affirm affirms affirmed | disclose discloses disclosed | recount recounts recounted | outline
outlines outlined | detail details detailed | summarize summarizes summarized | summarise
summarises summarised | implore implores implored | instruct instructs instructed | appeal
appeals appealed | lecture lectures lectured | hammer hammers hammered | assail assails assailed
| castigate castigates castigated | chastise chastises chastised | rip rips ripped | taunt
taunts taunted | cast casts cast | paint paints painted | publish publishes published | say says
said | tell tells told | ask asks asked | add adds added | write writes wrote | warn warns
warned | claim claims claimed | note notes noted | argue argues argued | insist insists insisted
| state states stated | stress stresses stressed | announce announces announced | report reports
reported | tweet tweets tweeted | post posts posted | declare declares declared | deny denies
denied | admit admits admitted | acknowledge acknowledges acknowledged | explain explains
explained | suggest suggests suggested | recall recalls recalled | reply replies replied |
respond responds responded | continue continues continued | conclude concludes concluded |
demand demands demanded | vow vows vowed | promise promises promised | pledge pledges pledged |
urge urges urged | testify testifies testified | predict predicts predicted | estimate estimates
estimated | believe believes believed | joke jokes joked | complain complains complained | boast
boasts boasted | quip quips quipped | remark remarks remarked | observe observes observed |
assert asserts asserted | contend contends contended | maintain maintains maintained | confirm
confirms confirmed | reveal reveals revealed | concede concedes conceded | allege alleges
alleged | emphasize emphasizes emphasized | emphasise emphasises emphasised | reiterate
reiterates reiterated | repeat repeats repeated | point points pointed | caution cautions
cautioned | lament laments lamented | counter counters countered | find finds found | rule rules
ruled | describe describes described | call calls called | criticize criticizes criticized |
criticise criticises criticised | blast blasts blasted | slam slams slammed | denounce denounces
denounced | condemn condemns condemned | accuse accuses accused | praise praises praised | mock
mocks mocked | dismiss dismisses dismissed | label labels labeled labelled | dub dubs dubbed |
liken likens likened | compare compares compared | refer refers referred | characterize
characterizes characterized | cite cites cited | encourage encourages encouraged | shout shouts
shouted | chant chants chanted | sing sings sang | scold scolds scolded | agree agrees agreed |
hint hints hinted | signal signals signaled signalled | indicate indicates indicated | advise
advises advised | recommend recommends recommended | propose proposes proposed | think thinks
thought | attack attacks attacked | hail hails hailed | ridicule ridicules ridiculed | thank
thanks thanked | apologize apologizes apologized | offer offers offered | wonder wonders
wondered | muse muses mused | hope hopes hoped | threaten threatens threatened | order orders
ordered | defend defends defended | tout touts touted | rail rails railed | lash lashes lashed |
proclaim proclaims proclaimed | type types typed | read reads read | inform informs informed
| comment comments commented | exhort exhorts exhorted | reference references referenced
"""
_FORMS = [group.split() for group in _SAYING.split("|")]
_TO = "say add argue note explain claim warn call".split()
VERBS = frozenset(form for group in _FORMS for form in group[1:]) | {
    *("put it", "puts it"),
    *(f"{was} quoted as saying" for was in ("is", "was", "are", "were")),
    *(f"{went} on to {verb}" for went in ("went", "goes", "gone") for verb in _TO),
}
_DOUBLED = {"admit": "admitting", "refer": "referring", "slam": "slamming"}


def _going_on(verb: str) -> str:
    if verb in _DOUBLED:
        return _DOUBLED[verb]
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


GOING_ON = frozenset(_going_on(group[0]) for group in _FORMS) | {
    f"going on to {verb}" for verb in _TO
}
# These may stand before their subject, after a quotation: “It rained,” recalled Roe.
SAY = _words(
    """
    said says added adds asked asks wrote writes told recalled recalls explained explains warned
    noted notes replied replies responded declared declares continued insisted argued argues
    cried shouted tweeted tweets joked quipped reads read observed remarked concluded
    """
)
# These speak only when a quotation, "that", or "as" follows: alone they are everyday words.
WEAK = _words(
    """
    admires admired lambasts lambasted bashes bashed rebukes rebuked chides chided decries
    decried derides derided teases teased echoes echoed elaborates elaborated opines opined
    voices voiced expresses expressed pleads pleaded protests protested deplores deplored
    bemoans bemoaned heralds heralded welcomes welcomed applauds applauded commends commended
    rejects rejected disputes disputed challenges challenged advocates advocated defines
    defined portrays portrayed depicts depicted brands branded deems deemed regards regarded
    blames blamed faults faulted mentions mentioned specifies specified clarifies clarified
    answers answered retorts retorted interjects interjected exclaims exclaimed whispers
    whispered yells yelled screams screamed cries cried mutters muttered grumbles grumbled
    gushes gushed marvels marveled concurs concurred speculates speculated worries worried
    fears feared swears swore attests attested affirms affirmed discloses disclosed recounts
    recounted outlines outlined details detailed summarizes summarized summarises summarised
    implores implored instructs instructed appeals appealed lectures lectured hammers hammered
    assails assailed castigates castigated chastises chastised rips ripped taunts taunted
    casts cast paints painted publishes published find finds found
    rule rules ruled conclude concludes concluded point points pointed read reads refer refers
    referred continue continues continued offer offers offered order orders ordered call calls
    called cite cites cited compare compares compared attack attacks attacked post posts
    posted rail rails railed lash lashes lashed defend defends defended type types typed hope
    hopes hoped believe believes believed think thinks thought sing sings sang label labels
    labeled signal signals signaled finding pointing reading referring offering ordering
    calling citing comparing attacking posting thanks thanked praised mocked encourage
    encourages encouraged encouraging dub dubs dubbed propose proposes proposed inform informs
    informed agree agrees agreed threaten threatens threatened reported added adds wrote
    writes adding reporting writing hail hails hailed repeat repeats repeated tout touts
    touted liken likens likened promises promised describing blast blasts blasted slam slams
    slammed report reports state states estimate estimates claim claims demand demands note
    notes comment comments commented exhorts exhorted references referenced
    """
)
# These are nouns as well: "his late-night tweets" says nothing.
NOUNLIKE = _words(
    """
    claims tweets notes reports calls demands promises posts estimates remarks offers orders
    attacks questions hopes rules states points pledges vows claim praises signals hints jokes
    quips comment comments references
    """
)
NOUNS = (
    "claim|statement|remark|comment|assertion|warning|allegation|suggestion|argument|declaration|"
    "insistence|contention|promise|pledge|vow|accusation|emphasis|prediction|admission|belief|"
    "announcement|complaint|demand|description|call|view|criticism|question|message|response"
)
# A headline's verb has a capital: "Roe Says Mole Is Safe".
_CAPITALS = {verb.capitalize() for verb in VERBS if verb.endswith("s")}
VERB = re.compile(rf"\b{any_of(VERBS | GOING_ON | _CAPITALS)}\b")
ACCORDING = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the (?:words|view|opinion) of|(?<=, )per)\s+")
ACCORDING_PARTS = (
    "ccording to",
    "n the words of",
    "n the view of",
    "n the opinion of",
    ", per",
)  # without one of these it is not there

TITLES = _words(
    """
    Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Sir Lord Lady Dame Sen. Sens. Rep. Reps. Gov. Gen. Lt.
    Col. Maj. Capt. Sgt. Adm. Prof. Rev. Del. Judge Justice President Senator Governor Mayor
    Secretary Minister Chancellor Premier King Queen Prince Princess Pope Archbishop Bishop
    Cardinal Ambassador General Colonel Captain Major Admiral Lieutenant Sergeant Professor
    Rabbi Imam Sheriff Detective Officer Congressman Congresswoman Councilman Councilwoman
    Representative Attorney Speaker
    """
)
_ROLES = _words(
    """
    spokesman spokeswoman spokesperson spokesmen chairman chairwoman chair president
    vice-president secretary secretary-general general director executive chief head leader
    mayor minister senator governor ambassador envoy commissioner manager officer official
    adviser advisor aide analyst economist professor scientist historian attorney lawyer
    prosecutor judge sheriff coach captain activist nominee candidate critic author journalist
    reporter editor correspondent pollster strategist consultant founder co-founder owner
    partner congressman congresswoman representative lawmaker speaker premier chancellor whip
    treasurer counsel inspector superintendent principal teacher doctor surgeon nurse
    researcher fellow scholar bishop pastor priest actor actress singer director-general
    resident student mother father wife husband son daughter brother sister widow farmer
    fisherman businessman businesswoman billionaire host anchor comedian cardiologist
    gastroenterologist king queen prince princess pope deputy dean curator engineer
    harbourmaster harbormaster clerk negotiator veteran organizer organiser
    """
)
_ROLE_ENDS = ("woman", "ologist", "keeper", "master", "maker", "icist")


def is_role(word: str) -> bool:
    """Does this word name an office, a trade or a part that a person has?"""
    plain = word.strip(".,").lower()
    return plain in _ROLES or word in TITLES or plain.endswith(_ROLE_ENDS)


# "quickly", but no noun and no name in -ly.
ADVERB = (
    r"(?!(?:family|assembly|ally|rally|supply|bully|reply|monopoly|anomaly|fly|jelly|lily)\b)"
    r"[a-z]+ly"
)

# Between who speaks and the verb.
BETWEEN = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|once|again|now|previously|has been|had been|is|was|are|"
    r"were|still|even|first|just|often|always|further|only|soon|did|does|"
    rf"{ADVERB})|['’]s|['’]ve|['’]d)*\s*$"
)

# What may speak though it is no person and is printed without an article before it.
SPEAKING = _words(
    """
    sources officials police authorities prosecutors investigators aides critics analysts
    experts lawmakers lawyers witnesses residents researchers scientists doctors economists
    organizers organisers supporters opponents democrats republicans advocates activists
    executives insiders spokesmen campaign reporters neighbors neighbours friends relatives
    diplomats judges regulators company government piece article letter memo statement
    document study survey poll book ad spot clip narrator announcer filing complaint lawsuit
    ruling transcript bulletin ministry report reports people others firefighters senators
    leaders members workers unions union teachers students historians firm office department
    protesters demonstrators voters fans parents customers passengers villagers survivors
    families victims soldiers rescuers pilots
    """
)
