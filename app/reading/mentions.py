"""Where an article names parties, their people and places of talks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.reading.idioms import idioms
from app.reading.phrases import expression
from app.reading.vocabulary import PersonEntry, Vocabulary

MentionKind = Literal["name", "demonym", "capital", "metonym", "person"]
TITLE = re.compile(
    r"(?:Deputy|First|Foreign|Defen[cs]e|Prime|Vice|Interior|National|Security|Chief|Special|State|Justice|Finance|Trade"
    r"|Council|Service|Intelligence|Ministry|Committee|Office|Parliament|Staff|Army|Forces|Presidential|Kremlin"
    r"|Minister|President|Secretary|Envoy|Ambassador|General|Admiral|Colonel|Adviser|Advisor|Aide|Head|Mr|Mrs|Ms|Dr|Gen"
    r"|Lt|Maj|Brig|Col|Adm|Sen|Senator|Vice-Admiral|Lieutenant|Major|Brigadier|Judge|Sheikh|Prince|Speaker|Negotiator"
    r"|Premier|Chancellor|Former|Senior|Sir|Dame|Professor|Under-Secretary|Commander|Director|Treasury|Permanent)s?\.?"
)
"""Words of offices and bodies, which no name ends in."""
_LETTERS = [chr(code) for code in range(0x41, 0x250) if chr(code).isalpha()]
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
LOWER = "".join(letter for letter in _LETTERS if letter.islower())
WORD = (
    rf"(?!(?:{TITLE.pattern})(?![\w-]))(?:(?:[Aa]l|[Ee]l|[Aa]n|[Aa]s|[Aa]r|[Uu]l|[OD])['-])?"
    rf"[{UPPER}][\w'-]*[{LOWER}][\w-]*"
)
PARTICLE = r"(?:al|el|ul|bin|ibn|ben|von|van|der|de|da|di|du|la|le|ter|zu)"
PERSON = rf"{WORD}(?: (?:[{UPPER}]\.|{PARTICLE}(?: {PARTICLE})? {WORD}|{WORD})){{1,3}}"

PREFIXED = re.compile(rf"(?:al|el|an|as|ar|ul)-[{UPPER}]")
BODY = ("the ", "army ")
"""How bodies begin that a vocabulary names by plain words."""


@dataclass(frozen=True)
class Mention:
    """A party named in a sentence, by itself or through a person; offsets are the sentence's."""

    start: int
    end: int
    party: str
    kind: MentionKind
    person: str | None = None


@dataclass(frozen=True)
class Cast:
    """All names of a process's parties, people and cities, ready to be found."""

    names: dict[str, tuple[str, MentionKind, str | None]]
    cities: dict[str, str]
    offices: dict[str, str | None]
    sides: tuple[str, ...]
    mediators: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Parties and people named in a sentence, in order, none inside another."""
        return tuple(
            Mention(found.start(1), found.end(1), *self.names[_key(found[1])])
            for found in _choice(tuple(self.names)).finditer(text)
            if _same_case(found[1], self.names[_key(found[1])][1])
        )

    def places(self, text: str) -> tuple[tuple[int, str], ...]:
        """Cities named in a sentence: offset and the city's name."""
        found = _choice(tuple(self.cities)).finditer(text)
        return tuple((one.start(1), self.cities[_key(one[1])]) for one in found if one[1][0].isupper())

    def with_people(self, people: Iterable[PersonEntry]) -> "Cast":
        """This cast and some people more; who is known already stays as known."""
        extra = {key: value for person in people for key, value in _person_names(person).items()}
        offices = {person.name: person.office for person in people}
        return Cast(
            {**extra, **self.names}, self.cities, {**offices, **self.offices}, self.sides, self.mediators, self.hosts
        )


def cast_of(vocabulary: Vocabulary) -> Cast:
    """The cast of a process."""
    names: dict[str, tuple[str, MentionKind, str | None]] = {}
    for person in vocabulary.people:
        names.update(_person_names(person))
    for party in vocabulary.parties:
        kinds: tuple[tuple[MentionKind, tuple[str, ...]], ...] = (
            ("name", party.names),
            ("demonym", party.demonyms),
            ("capital", party.capitals),
            ("metonym", party.metonyms),
        )
        names.update({_key(name): (party.slug, kind, None) for kind, held in kinds for name in held})
    cities = {_key(name): city.name for city in vocabulary.cities for name in (city.name, *city.variants)}
    offices = {person.name: person.office for person in vocabulary.people}
    mediators = tuple(party.slug for party in vocabulary.parties if party.role == "mediator")
    hosts = tuple(party.slug for party in vocabulary.parties if party.role == "host")
    return Cast(names, cities, offices, vocabulary.sides, mediators, hosts)


def unknown_people(text: str, cast: Cast) -> tuple[PersonEntry, ...]:
    """People whom the article introduces by party and title: "Ruritanian Minister X", "X, Ruritania's envoy"."""
    met: dict[str, PersonEntry] = {}
    for pattern in _introductions(tuple(cast.names)):
        for found in pattern.finditer(text):
            known = cast.names.get(_key(found["party"]))
            if (
                not known
                or not _same_case(found["party"], known[1])
                or (known[1] == "person" and "of" not in found.groupdict())
            ):
                continue
            office = (found.groupdict().get("office") or "").strip() or None
            for person in (found["person"], found.groupdict().get("second")):
                name = bare_name(person or "")
                if name and _is_new(name, cast):
                    met.setdefault(name, PersonEntry(name=name, party=known[0], office=office or "delegate"))
    return tuple(met.values())


def strangers(text: str, cast: Cast) -> tuple[Mention, ...]:
    """People in a sentence whom neither a vocabulary knows nor the article introduced: names, of no party."""
    taken = [(one.start, one.end) for one in cast.mentions(text)]
    found: list[Mention] = []
    for one in _names().finditer(text):
        name = bare_name(one[0])
        start = one.start() + one[0].rfind(name) if name else one.start()
        free = not any(begin < one.end() and start < end for begin, end in taken)
        if name and free and _is_new(name, cast):
            found.append(Mention(start, start + len(name), "", "person", name))
    return tuple(found)


def bare_name(person: str) -> str:
    """A name without the titles before it; empty if too little is left."""
    words = person.removesuffix("'s").split()
    while words and (TITLE.fullmatch(words[0]) or words[0].casefold() in idioms().no_names):
        words.pop(0)
    return " ".join(words) if len(words) > 1 else ""


def _is_new(person: str, cast: Cast) -> bool:
    words = person.split()
    if _key(person) in cast.cities:
        return False
    if any(TITLE.fullmatch(word) or word.casefold() in idioms().no_names for word in words):
        return False
    return not any(_key(word) in cast.names or _key(word) in cast.cities for word in words)


def _person_names(person: PersonEntry) -> dict[str, tuple[str, MentionKind, str | None]]:
    surname = person.name.split()[-1] if person.office and len(person.name.split()) > 1 and not person.variants else ""
    spelled = (person.name, *person.variants, *((surname,) if len(surname) > 3 else ()))
    return {_key(name): (person.party, "person", person.name) for name in spelled}


def _key(name: str) -> str:
    """A name as the cast lists it: the Turkish letters İ and ı, which match any i, become one."""
    return name.casefold().replace("i\u0307", "i").replace("ı", "i")


def _same_case(name: str, kind: MentionKind) -> bool:
    """Whether a name is written as one: with a capital, but for bodies of plain words ("the army") and "al-Burhan"."""
    if not name[0].isupper():
        return (kind == "metonym" and name.startswith(BODY)) or (kind == "person" and PREFIXED.match(name) is not None)
    return len(name) > 3 or name not in {"Us", "Un", "Eu", "Uk"}


@cache
def _choice(names: tuple[str, ...]) -> re.Pattern[str]:
    written = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, written))})(?!\w)", re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){PERSON}")


@cache
def _introductions(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    party = rf"(?P<party>(?i:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))}))"
    title = rf"(?i:(?:{'|'.join(expression(word) for word in idioms().agents)}))(?!\w)"
    verbs = (
        "was|is|are|were|has|had|led|headed|by|said|told|with|to|in|at|met|who|that|as|while"
        "|sent|saw|gave|took|held|wants|asks"
    )
    word = rf"(?!(?:{verbs}|(?!united|allied)[a-z]+ed)\b)[\w'-]+ "
    office = rf"(?P<office>(?:{word}){{0,6}}?{title}(?: and (?:{word}){{0,4}}?{title})?)"
    rank = r",?(?: (?:[A-Z][a-z-]+\.?|the|former|presidential|foreign|intelligence|security)){0,3}?"
    person = rf"(?P<person>{PERSON})"
    group = r"(?:delegation|team|negotiators|side|negotiating team|group)"
    leads = (
        r"(?:(?:who )?(?:will |would |is to |also |again )*(?:leads?|led|heads?|headed|leading|heading|chairs|chaired))"
    )
    return (
        re.compile(rf"(?<![\w-]){party}(?:'s)? {office}{rank} {person}(?:,? and (?P<second>{PERSON}))?"),
        re.compile(
            rf"(?<![\w-])(?P<of>){party}'s (?:\w+ )?(?:deputy|aide|envoy|adviser|advisor|right hand)(?:, | ){person}"
        ),
        re.compile(rf"{person}, (?:the |a |an )?(?:\w+ ){{0,2}}?{party}(?:'s)? {office}(?!\w)"),
        re.compile(
            rf"{person}, (?:the |a |an )?{office} (?:of|to|for|in|at) (?:the |a )?(?:[\w'-]+ ){{0,3}}?{party}(?!\w)"
        ),
        re.compile(
            rf"{person}, (?:an? )?(?P<of>)(?:[\w-]+ ){{0,2}}(?:aide|adviser|advisor|envoy) to (?:[\w-]+ )?{party}(?!\w)"
        ),
        re.compile(rf"{person}(?:, [^,.;]{{3,80}},|,)? {leads} (?:the )?{party}(?:'s)? (?:[\w-]+ ){{0,2}}?{group}\b"),
        re.compile(
            rf"(?<![\w-]){party}(?:'s)? (?:[\w-]+ ){{0,2}}?{group},?(?: (?:is|was|will be))? (?:led|headed) by"
            rf"(?: (?:the )?[\w'-]+){{0,8}}?,? {person}"
        ),
    )
