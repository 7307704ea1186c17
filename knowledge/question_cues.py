"""The wording of questions, as data: forms, steps of procedure, offences, roles and stop words.

Order matters: in STAGE_CUES a cue that is found is taken out of the question before the next one looks,
so that "plead not guilty" is gone before "guilty" is looked for.
"""

from __future__ import annotations

import re

from knowledge.model import Stage


def _cue(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "happened",
        _cue(
            r"\bwhat(?:'s|’s| has| have)?\s+(?:happened|became|become)\b|\bwhat(?:'s|’s| is) the (?:status|latest|state)\b"
        ),
    ),
    (
        "report",
        _cue(
            r"\b(?:report|hearing|study|inquiry|committee|subcommittee)\b.*\b(?:say|said|find|found|conclude|reveal|state)|\b(?:say|said|find|found|conclude|reveal)\w*\b.*\b(?:report|study|inquiry)\b"
        ),
    ),
    (
        "how_long",
        _cue(
            r"\bhow long\b|\bhow many (?:years|months|days)\b|\bwhat (?:was|is|were)?\s*(?:the |his |her |their )?(?:prison )?(?:sentence|term|penalty|punishment)\b|\bwhich (?:sentence|penalty)\b|\bone\b.*\bor\b.*\b(?:years|terms?|months|life)\b"
        ),
    ),
    ("how_many", _cue(r"\bhow many\b")),
    ("how_much", _cue(r"\bhow much\b|\bwhat (?:fine|amount|sum|damages)\b")),
    ("why", _cue(r"^\W*(?:so\s+|and\s+|but\s+)?(?:why|how come)\b")),
    ("when", _cue(r"^\W*(?:so\s+|and\s+|but\s+)?(?:when|what (?:day|date|year))\b|\b(?:since|until) when\b")),
    (
        "who",
        _cue(
            r"^\W*(?:so\s+|and\s+|but\s+)?(?:who|whom|whose|which|name the)\b|\bwhich (?:of|people|person|executives?|defendants?)\b"
        ),
    ),
    ("what", _cue(r"^\W*(?:so\s+|and\s+|but\s+)?(?:what|how|of what|with what|for what|to what)\b")),
    (
        "yes_no",
        _cue(
            r"^\W*(?:so\s*,?\s+|and\s+|but\s+|ok(?:ay)?,?\s+)?(?:is|are|was|were|wasn['’]?t|weren['’]?t|isn['’]?t|aren['’]?t|did|didn['’]?t|do|does|doesn['’]?t|has|hasn['’]?t|have|haven['’]?t|had|hadn['’]?t|will|won['’]?t|can|could|would|should)\b"
        ),
    ),
    (
        "yes_no",
        _cue(
            r"^\W*so\b.*\?\s*$|,\s*(?:right|correct|is that (?:right|true)|isn['’]t (?:he|she|it))\s*\?|\bis (?:it|that|this) (?:true|right|correct)\b"
        ),
    ),
)

STAGE_CUES: tuple[tuple[re.Pattern[str], tuple[Stage, ...]], ...] = (
    (
        _cue(
            r"\b(?:pleads?|pleaded|pled|pleading|plea of|entered?)\b[^.?!,]{0,20}\bnot[- ]guilty\b(?: pleas?)?|\bdenied the charges?\b"
        ),
        (Stage.PLEADED_NOT_GUILTY,),
    ),
    (
        _cue(
            r"\b(?:pleads?|pleaded|pled|pleading)\b[^.?!,]{0,40}\b(?:guilty|no contest|nolo)\b|\bguilty pleas?\b|\bplea (?:deal|bargain|agreement)s?\b|\b(?:pleads?|pleaded|pled) to\b|\badmit(?:s|ted)? (?:guilt|to)\b|\bno[- ]contest\b"
        ),
        (Stage.PLEADED_GUILTY,),
    ),
    (
        _cue(
            r"\b(?:found|ruled|declared|judged)\s+(?:\w+\s+)?not[- ]guilty\b|\bacquit\w*\b|\bexonerat\w*\b|\bcleared of\b|\bfound innocent\b"
        ),
        (Stage.ACQUITTED,),
    ),
    (
        _cue(
            r"\bappeals?\b[^.?!]{0,40}\b(?:decid|decision|ruling|ruled|outcome|result|succeed|win|won|lose|lost|fail)\w*|\b(?:decid|decision|rul|outcome|result)\w*\b[^.?!]{0,50}\bappeals?\b|\b(?:lose|lost|win|won)\b[^.?!]{0,20}\bappeals?\b"
        ),
        (Stage.AFFIRMED, Stage.OVERTURNED),
    ),
    (_cue(r"\b(?:overturn|revers|vacat|quash|set aside|annul)\w*"), (Stage.OVERTURNED,)),
    (_cue(r"\b(?:affirm|upheld|uphold)\w*"), (Stage.AFFIRMED,)),
    (_cue(r"\bdeferred prosecution\b|\bDPA\b|\bnon-prosecution\b"), (Stage.DEFERRED,)),
    (
        _cue(r"\b(?:held|found|ruled|be|is|was|were)\s+(?:\w+\s+)?liable\b|\bliability\b"),
        (Stage.CIVIL_LIABLE,),
    ),
    (
        _cue(
            r"\bconvict\w*|\b(?:found|proven|proved|ruled|is|was|were|are)\s+(?:\w+\s+){0,3}guilty\b|\bguilty (?:of|verdict|on)\b"
        ),
        (Stage.CONVICTED,),
    ),
    (_cue(r"\bpardon\w*|\bclemency\b|\bcommut\w+"), (Stage.PARDONED,)),
    (_cue(r"\bmistrials?\b|\bhung jur(?:y|ies)\b|\b(?:jur(?:y|ors)\b[^.?!]{0,30}\b(?:hung|deadlock\w*)|deadlocked? on)\b"), (Stage.MISTRIAL,)),
    (
        _cue(
            r"\b(?:charges?|case|counts?|suit|lawsuit|claims?|indictment)\b[^.?!]{0,60}\b(?:dropped|dismiss\w*|thrown out|tossed)|\b(?:dismiss|drop|throw out|toss)\w*\b|\bthrown out\b"
        ),
        (Stage.DISMISSED,),
    ),
    (
        _cue(
            r"\bsentenc\w+|\bprison\b|\bjail\w*|\bbehind bars\b|\bhow long\b[^.?!]{0,40}\b(?:serve|get|got|going|away)\b|\blife (?:term|sentence)s?\b|\bimprison\w*"
        ),
        (Stage.SENTENCED,),
    ),
    (_cue(r"\bpenalt\w+|\bpunish\w*"), (Stage.SENTENCED, Stage.FINED)),
    (_cue(r"\bfine[sd]?\b(?! with)"), (Stage.FINED,)),
    (_cue(r"\bextradit\w*|\bsurrendered to\b"), (Stage.EXTRADITED,)),
    (
        _cue(r"\bindict\w*|\bcharged\b|\bmise en examen\b|\bfac(?:e|es|ed|ing)\b[^.?!]{0,30}\b(?:charges?|counts?)\b"),
        (Stage.CHARGED,),
    ),
    (_cue(r"\barrest\w*|\bdetain\w*"), (Stage.ARRESTED,)),
    (_cue(r"\bsettle\w*"), (Stage.SETTLED,)),
    (
        _cue(r"^\W*(?:so\s+)?(?:did|has|have|does)\b[^.?!]{0,60}\b(?:win|won)\b"),
        (Stage.CIVIL_NOT_LIABLE,),
    ),
    (
        _cue(
            r"\b(?:how much|what)\b[^.?!]{0,60}\b(?:win|won|pay|paid|awarded|owe|damages)\b|\bdamages\b|\b(?:win|won)\b[^.?!]{0,40}\b(?:suit|lawsuit|case)\b|\border(?:ed)?\b[^.?!]{0,40}\bto pay\b|\b(?:lose|loses|lost)\b[^.?!]{0,40}\b(?:suit|lawsuit|case)\b"
        ),
        (Stage.CIVIL_LIABLE,),
    ),
    (_cue(r"\bsue[sd]?\b|\bsuing\b|\blawsuits?\b|\bsuits?\b"), (Stage.SUED,)),
    (_cue(r"\b(?:on|stand|stood|went to|go to|put on) trial\b|\btried\b"), (Stage.ON_TRIAL,)),
    (_cue(r"\breleased?\b|\bfreed\b|\bout of (?:prison|jail)\b"), (Stage.RELEASED,)),
    (_cue(r"\bappeal\w*"), (Stage.APPEALED,)),
    (_cue(r"\barraign\w*"), (Stage.ARRAIGNED,)),
    (_cue(r"\binvestigat\w*|\bprobe[sd]?\b"), (Stage.INVESTIGATED,)),
    (_cue(r"\baccus\w+|\balleg\w+"), (Stage.ALLEGED, Stage.CHARGED, Stage.SUED)),
)

WEAK_CUES: tuple[tuple[re.Pattern[str], tuple[Stage, ...]], ...] = (
    (_cue(r"\bhung\b|\bdeadlock\w*"), (Stage.MISTRIAL,)),
    (_cue(r"\bcharges?\b"), (Stage.CHARGED,)),
)
"""Cues that count only where no other is found: "acquitted of the fraud charge" asks for no charge, and "the hung
counts" for no mistrial."""

OFFENCE_AFTER = _cue(
    r"\b(?:(?:convicted|guilty|acquitted|cleared|accused|innocent|liable|convictions?|suspected|pleas?)"
    r"\s+(?:of|on|for|to|under)|(?:charged|indicted)\s+(?:with|for|on|under))\s+(?P<offence>[^?]+)"
)
OFFENCE_BEFORE = re.compile(
    r"\b(?:the|a|an|any|his|her|their)\s+(?P<offence>(?:[a-z][\w-]*\s+){1,5}?)(?:charges?|counts?|convictions?|verdict)\b"
)

NO_OFFENCE = frozenset(
    """hung deadlocked remaining other same criminal federal state civil all first second third new original single
    several many multiple open pending various count counts charge charges end court trial appeal jury verdict
    judge case same thing things everything anything it them""".split()
)
"""Words that stand where an offence would ("the hung counts") and name none."""

RELATIONS = re.compile(
    r"\b(?:mother|father|wife|husband|parents?|brothers?|sisters?|sons?|daughters?|family|relatives?|lawyers?|attorneys?|"
    r"counsel|judges?|prosecutors?|accomplices?|partners?|friends?|associates?|victims?|witness(?:es)?|spokes\w+)\b",
    re.IGNORECASE,
)
"""People who are asked for by what they are to somebody else; none of them is that somebody."""

CASE_WORDS = re.compile(r"\b(?:case|cases|trial|trials|prosecution|affair|indictment|defendants?)\b", re.IGNORECASE)
"""A name beside one of these means the case, and everybody in it."""

ROLES: dict[str, frozenset[str]] = {
    "owner": frozenset({"owner", "owners", "co-owner", "co-owners", "owned"}),
    "founder": frozenset(
        {"founder", "founders", "co-founder", "co-founders", "cofounder", "cofounders", "creator", "creators"}
    ),
    "executive": frozenset(
        {
            "executive",
            "executives",
            "exec",
            "execs",
            "ceo",
            "chief executive",
            "president",
            "bosses",
            "boss",
            "director",
            "directors",
            "manager",
            "managers",
            "head",
            "heads",
            "chairman",
            "leader",
            "leaders",
        }
    ),
    "operator": frozenset(
        {"operator", "operators", "administrator", "administrators", "admin", "admins", "runner"}
    ),
    "developer": frozenset(
        {"developer", "developers", "dev", "devs", "programmer", "programmers", "coder", "coders"}
    ),
    "employee": frozenset({"employee", "employees", "staff", "worker", "workers"}),
    "defendant": frozenset({"defendant", "defendants"}),
}

STOP_WORDS = frozenset(
    """a about after again all also am an and any are aren't as at be became because been before being between both but
    by can can't come could did didn't do does doesn't doing don't down during each ever few for from further get gets
    got had hadn't has hasn't have haven't he her here hers him his how i if in into is isn't it its itself just many
    me more most much my name no nor not of off on once one only or other our out over own please really same she
    should since so some still such tell than that the their them then there these they this those through to too
    under until up us very was wasn't we were weren't what what's when where which while who whom whose why will with
    won't would you your right true correct anything something ok okay going go went long exactly actually""".split()
)
