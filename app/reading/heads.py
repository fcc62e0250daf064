"""Who is said to lead a delegation: "led by X", "X heads the team", "chief negotiator X", "X for Ruritania"."""

import re
from collections.abc import Iterator

from app.reading.idioms import pattern
from app.reading.mentions import Cast, Mention, strangers
from app.reading.said import Said
from app.reading.scene import CLAUSE, OWNED, Lead, Scene

BUSY = re.compile(
    r"\b(?:arrived?|met|meets|will|would|was|were|has|had|which|who|whom|where|when|said|says|told|and (?:its|their))\b"
)
"""Words that no office holds: a name behind them is not the one that a title or "led by" introduces."""
PLURAL = re.compile(r"\b(?:delegations|teams|sides|groups)\b")
ITSELF = re.compile(r"^(?:It|They|This) (?:is|was|will be|would be|are|were)(?: \w+){0,2} $")
WHOSE_IS = re.compile(r"'s (?:is|was|will be|would be) $")
OPPOSITE = re.compile(r"\bon the (?:other|opposite|opposing) side,? (?:it |there )?(?:was|is|sat)\b", re.IGNORECASE)
IT = re.compile(r"\b(?:lead|head|chair)(?:s|ed)? (?:it|them)\b")
WHOSE = re.compile(r"'s (?:[\w-]+ ){0,2}(?:delegation|negotiators|team)\b")
WHO = re.compile(r",? (?:who|will|would|to)\b|[^,]*$")
OBJECT = re.compile(r"\b(?:of|to|under|for|by|from|against|with)(?: [A-Z]\w+){0,2} $")
ALONG = re.compile(r"(?:,? and|,| alongside| together with| with)(?: [A-Z]?\w+){0,3} $")
REPLACED = re.compile(r"\b(?:from|replac\w+|succe\w+|instead of|unlike|ousted|dismissed|fired)(?: [A-Z][\w-]+){0,2} $")
APPOSED = re.compile(r", (?:the |who is |now )?(?:[A-Z][\w-]*'s )?(?:[\w-]+ ){0,2}")
FOR = re.compile(r"(?: \([^)]{0,40}\)|, [^,]{3,60},)? for (?:the )?")
IS = re.compile(r",? (?:is|are|was|were|will be|would be)(?: [\w'-]+){0,6},? $")
AT_HEAD = re.compile(
    r"(?:, [^,]{3,60},)?(?: again| once more)? (?:at (?:its|the|their) (?:head|helm)"
    r"|as (?:its |the |their )?(?:head|leader|chief negotiator|chair(?:man|woman)?)\b)"
)
LISTED = re.compile(r" \((?:head|leader|chair(?:man|woman)?|chief negotiator)\b[^)]{0,60}\)")
IN_CHAIR = re.compile(r"(?: again| once more)? in the chair\b")
NOT_NOW = re.compile(
    r"\b(?:former|ex|deputy|previous|then|vice|outgoing|once|formerly|previously|not|never)[ -]$", re.I
)
PRONOUN = re.compile(
    r"\b(?:its|their) (?:new |own )?(?:head|leader|chief|chair|chief negotiator|lead negotiator)\b", re.I
)
GUESS = 0.6
"""How sure it is that "X's delegation" is led by X."""
OPENING = 30
"""So early in a sentence stands a title that goes on about the person named before, in characters."""
NEAR = 90
"""How far a person may stand from the words that say they lead, in characters."""


def leads(said: Said, before: Said | None, cast: Cast) -> Iterator[Lead]:
    """The people whom a sentence says to lead a delegation; ``before`` is the sentence before it."""
    known = [one for one in said.mentions if one.kind == "person"]
    people = sorted((*known, *strangers(said.sentence.text, cast)), key=lambda one: one.start)
    scene = Scene(said, tuple(people), before)
    yield from _led_by(scene)
    yield from _opposite(scene)
    yield from _leading(scene)
    yield from _leading_for(scene)
    yield from _at_head(scene, cast)
    yield from _chairing(scene, cast)
    yield from _titled(scene)
    yield from _its_head(scene)
    yield from _owning(scene, cast)
    if met := _met(scene):
        yield met


def _led_by(scene: Scene) -> Iterator[Lead]:
    """ "The Ruritanian delegation is led by X", "talks led by X for Ruritania and Y for Sylvania"."""
    for cue in pattern("delegations", "led_by").finditer(scene.text):
        groups = scene.groups(cue.start() - 130, cue.end())
        after = scene.after(cue.end(), 2 * NEAR)
        plural = PLURAL.search(scene.text, max(0, cue.start() - 130), cue.start())
        several = _each(scene, after) or _together(scene, cue, after)
        if several and (plural or not groups):
            yield from several
        elif plural:
            yield from _paired(scene, after, _parties(scene, cue.start() - 130, cue.start()) or _parties_before(scene))
        elif after and not BUSY.search(scene.text[cue.end() : after[0].start]):
            yield from _led(scene, cue, after[0], groups)
            yield from _also_by(scene, cue.end())


def _together(scene: Scene, cue: re.Match[str], people: list[Mention]) -> list[Lead]:
    """Heads of two parties over one meeting: "took place under the chairmanship of X and Y"."""
    held = any(pattern("talks", name).search(scene.text, 0, cue.start()) for name in ("nouns", "verbs"))
    if not (held and cue[0].lower().startswith("under") and len({one.party for one in people[:2]} - {""}) == 2):
        return []
    joined = re.search(r"\band\b", scene.text[people[0].end : people[1].start])
    return [Lead(str(one.person), one.party, scene.said, 0.8) for one in people[:2]] if joined else []


def _opposite(scene: Scene) -> Iterator[Lead]:
    """ "On the other side it was X"."""
    for cue in OPPOSITE.finditer(scene.text):
        after = scene.after(cue.end(), 2)
        if after and after[0].party:
            yield from scene.lead(after[0], None, 0.7)


def _also_by(scene: Scene, at: int) -> Iterator[Lead]:
    """ "The Ruritanian side is led by X, the Sylvanian by Y"."""
    for by in re.finditer(r"\bby ", scene.text[at:]):
        start, end = at + by.start(), at + by.end()
        owners = [one for one in scene.said.mentions if at <= one.start and 0 <= start - one.end <= 25]
        after = [one for one in scene.people if 0 <= one.start - end <= NEAR and not scene.owns(one)]
        if owners and owners[-1].kind != "person" and after and not BUSY.search(scene.text[end : after[0].start]):
            yield from scene.lead(after[0], owners[-1].party, 0.8)


def _led(scene: Scene, cue: re.Match[str], person: Mention, groups: list[re.Match[str]]) -> Iterator[Lead]:
    spoken = ITSELF.search(scene.text[: cue.start()])
    if spoken and (owner := _group_before(scene, spoken.start())):
        yield from scene.lead(person, owner, 0.8)
    elif groups:
        yield from scene.lead(person, scene.owner(groups[-1].start(), groups[-1].end()), 0.85)
    elif "represented" in cue[0].lower() or WHOSE_IS.search(scene.text[: cue.start()]):
        yield from scene.lead(person, _last_party(scene, cue.start()), 0.85)
    elif person.party and _is_of_talks(scene, cue.start()):
        yield from scene.lead(person, None, 0.7)


def _parties_before(scene: Scene) -> list[str]:
    """The parties of which the sentence before speaks: "the respective delegations"."""
    return _parties(Scene(scene.before, (), None), 0, len(scene.before.sentence.text)) if scene.before else []


def _parties(scene: Scene, start: int, end: int) -> list[str]:
    """The parties named between two offsets, in order, once each."""
    near = [one for one in scene.said.mentions if start <= one.start < end and one.kind != "person"]
    return list(dict.fromkeys(one.party for one in near))


def _each(scene: Scene, people: list[Mention]) -> list[Lead]:
    """Those of whom each is said for whom: "X for Ruritania and Y for Sylvania"."""
    found: list[Lead] = []
    for one in people:
        behind = FOR.match(scene.text, one.end)
        party = next((held.party for held in scene.said.mentions if behind and held.start == behind.end()), None)
        if party and party not in {lead.party for lead in found}:
            found.append(Lead(str(one.person), party, scene.said, 0.85))
    return found


def _paired(scene: Scene, people: list[Mention], owners: list[str]) -> Iterator[Lead]:
    """ "The delegations were led by X and Y": the first named of each party, strangers in the order of the parties."""
    left = [owner for owner in owners if owner not in {one.party for one in people}]
    seen: set[str] = set()
    for one in people:
        party = one.party or (left.pop(0) if left else "")
        if party and party not in seen:
            seen.add(party)
            yield Lead(str(one.person), party, scene.said, 0.8)


def _is_of_talks(scene: Scene, at: int) -> bool:
    """Whether it is talks that are led: "the talks, chaired by X"."""
    return any(0 <= at - one.end() <= OWNED for one in pattern("talks", "nouns").finditer(scene.text))


def _last_party(scene: Scene, at: int) -> str | None:
    before = [one for one in scene.said.mentions if one.end <= at and at - one.end <= 120]
    return before[-1].party if before else scene.said.topic


def _subject(scene: Scene, at: int) -> Mention | None:
    """The person of whom a verb at an offset tells, past what is said of them between commas."""
    near = [one for one in scene.people if one.end <= at and at - one.end <= NEAR + OWNED]
    near = [one for one in near if not CLAUSE.search(scene.text[one.end : at]) and not scene.owns(one)]
    if not near:
        return None
    *others, last = near
    before = scene.text[: last.start]
    if others and ALONG.fullmatch(scene.text[others[-1].end : last.start]) and others[-1].party == last.party:
        return others[-1]
    if others and OBJECT.search(before) and not WHO.match(scene.text[last.end : at]):
        return others[-1]
    return last if at - last.end <= NEAR else None


def _leading(scene: Scene) -> Iterator[Lead]:
    """ "X leads the Ruritanian team", "heading the delegation was X"."""
    for cue in pattern("delegations", "leads").finditer(scene.text):
        end = min(len(scene.text), cue.end() + OWNED)
        groups = scene.groups(cue.start(), end)
        if PLURAL.search(scene.text, cue.start(), end):
            near = [one for one in scene.people if 0 <= cue.start() - one.end <= 2 * NEAR]
            yield from _paired(scene, near[-2:], _parties(scene, 0, cue.start()))
            continue
        if not groups or NOT_NOW.search(scene.text[max(0, cue.start() - 15) : cue.start()]):
            continue
        group = groups[0]
        after = scene.after(group.end(), 2 * NEAR)
        owner = scene.owner(group.start(), group.end())
        inverted = next((one for one in after if IS.fullmatch(scene.text[group.end() : one.start])), None)
        person = inverted or _subject(scene, cue.start())
        if person:
            yield from scene.lead(person, owner, 0.85)


def _leading_for(scene: Scene) -> Iterator[Lead]:
    """ "X led for Ruritania, and Y for Sylvania", "negotiating for Ruritania was X"."""
    for cue in pattern("delegations", "leads_for").finditer(scene.text):
        party = next((one for one in scene.said.mentions if 0 <= one.start - cue.end() <= 5), None)
        if party is None:
            continue
        after = scene.after(party.end, 2 * NEAR)
        inverted = next((one for one in after if IS.fullmatch(scene.text[party.end : one.start])), None)
        person = inverted or _subject(scene, cue.start())
        sits = inverted or "negotiat" in cue[0].lower()
        if person and (sits or pattern("delegations", "at_talks").search(scene.text, party.end)):
            yield Lead(str(person.person), party.party, scene.said, 0.8)
            yield from _each(scene, after)


def _at_head(scene: Scene, cast: Cast) -> Iterator[Lead]:
    """ "A delegation with X at its head", "X (head)", "talks with X in the chair"."""
    for one in scene.people:
        if LISTED.match(scene.text, one.end) and (owner := _last_party(scene, one.start) or one.party):
            yield from scene.lead(one, owner, 0.8)
            continue
        chairs = IN_CHAIR.match(scene.text, one.end) is not None
        groups = scene.groups(one.start - 2 * NEAR, one.start)
        if groups and (chairs or AT_HEAD.match(scene.text, one.end)):
            yield from scene.lead(one, scene.owner(groups[-1].start(), groups[-1].end()), 0.8)
        elif chairs and one.party and one.party not in cast.sides:
            yield from scene.lead(one, None, 0.7)


def _chairing(scene: Scene, cast: Cast) -> Iterator[Lead]:
    """ "X chaired the talks", where X is of no warring side."""
    for cue in pattern("delegations", "chairs").finditer(scene.text):
        person = _subject(scene, cue.start())
        if person and person.party and person.party not in cast.sides:
            yield from scene.lead(person, None, 0.7)


def _titled(scene: Scene) -> Iterator[Lead]:
    for cue in pattern("delegations", "titles").finditer(scene.text):
        if NOT_NOW.search(scene.text[max(0, cue.start() - 15) : cue.start()]):
            continue
        if any(
            cue.start() < one.end() <= cue.end() for one in pattern("delegations", "not_groups").finditer(scene.text)
        ):
            continue
        if PLURAL.search(cue[0]) or cue[0].endswith("negotiators"):
            near = [one for one in scene.people if 0 <= one.start - cue.end() <= NEAR]
            near = near or [one for one in scene.people if 0 <= cue.start() - one.end <= NEAR]
            yield from _paired(scene, near, _parties(scene, cue.start() - OWNED, cue.end()))
        elif person := _titleholder(scene, cue.start(), cue.end()) or _just_named(scene, cue.start(), cue.end()):
            yield from scene.lead(person, scene.owner(cue.start(), cue.end()), 0.8)
            yield from _counterpart(scene, cue.end())


def _counterpart(scene: Scene, at: int) -> Iterator[Lead]:
    """ "X, the chief negotiator, met her Ruritanian counterpart, Y"."""
    for cue in re.finditer(r"\bcounterpart\b", scene.text[at:]):
        after = scene.after(at + cue.end(), OWNED)
        if after and _introduces(scene.text[at + cue.end() : after[0].start]):
            yield from scene.lead(after[0], scene.owner(at + cue.start(), at + cue.end()), 0.75)


def _titleholder(scene: Scene, start: int, end: int) -> Mention | None:
    """The person in apposition to a title: right after it, or before it."""
    text = scene.text
    after = scene.after(end, NEAR)
    before = [one for one in scene.people if 0 <= start - one.end <= OWNED]
    before = [one for one in before if not CLAUSE.search(text[one.end : start]) and not scene.owns(one)]
    before = [one for one in before if not REPLACED.search(text[: one.start])]
    if before and APPOSED.fullmatch(text[before[-1].end : start]) and text.startswith(",", end):
        return before[-1]
    if after and _introduces(text[end : after[0].start]):
        return after[0]
    return before[-1] if before else (after[0] if after and not BUSY.search(text[end : after[0].start]) else None)


def _just_named(scene: Scene, start: int, end: int) -> Mention | None:
    """The one person whom the sentence or heading before names, of the party whose title begins this sentence."""
    if scene.people or scene.before is None or start > OPENING:
        return None
    people = [one for one in scene.before.mentions if one.kind == "person"]
    return people[0] if len(people) == 1 and people[0].party == scene.owner(start, end) else None


def _introduces(between: str) -> bool:
    """Whether a name follows its title with no more than an office between, or an aside and "is"."""
    if re.fullmatch(r", [^,;]{3,60}, (?:is|was|will be)(?: [\w'-]+){0,5} ", between):
        return True
    if re.match(r",? (?:and|with|to)\b", between):
        return False
    bare = re.sub(r"^[\s,:(]*(?:is |was |will be |remains )?", "", between)
    return not BUSY.search(bare) and re.fullmatch(r"[\w',. -]*", bare) is not None


def _its_head(scene: Scene) -> Iterator[Lead]:
    """ "X leads it", "its head, X", in a sentence about the delegation of X's party or after one."""
    for cue in (*IT.finditer(scene.text), *PRONOUN.finditer(scene.text)):
        person = _subject(scene, cue.start()) if IT.match(cue[0]) else _titleholder(scene, cue.start(), cue.end())
        owner = _group_before(scene, cue.start())
        if person and owner and person.party in {"", owner}:
            yield from scene.lead(person, owner, 0.75)


def _group_before(scene: Scene, at: int) -> str | None:
    """The party of the delegation that was spoken of last before an offset."""
    if groups := scene.groups(0, at):
        return scene.owner(groups[-1].start(), groups[-1].end())
    if scene.before is None:
        return None
    other = Scene(scene.before, (), None)
    groups = other.groups(0, len(other.text))
    return other.owner(groups[0].start(), groups[0].end()) if groups else None


def _owning(scene: Scene, cast: Cast) -> Iterator[Lead]:
    """ "X's delegation", where X sits at the table and does not preside over a state."""
    for one in scene.people:
        presides = re.search(
            r"\b(?:president|prime minister)\b", cast.offices.get(str(one.person)) or "", re.IGNORECASE
        )
        quoted = scene.text[: one.start].count('"') % 2
        if one.party and WHOSE.match(scene.text, one.end) and not presides and not quoted:
            yield from scene.lead(one, None, GUESS)


def _met(scene: Scene) -> Lead | None:
    """Who met the other side with named companions: "X met with Y, accompanied by Z"."""
    known = [one for one in scene.people if one.party]
    met = pattern("delegations", "met").search(scene.text)
    companions = pattern("delegations", "companions").search(scene.text)
    if not met or not companions or met.start() > companions.start():
        return None
    host = [one for one in known if one.end <= met.start()]
    joined = [one for one in known if one.start >= companions.end() and host and one.party == host[-1].party]
    return Lead(str(host[-1].person), host[-1].party, scene.said, 0.6) if joined else None
