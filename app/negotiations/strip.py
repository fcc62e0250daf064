"""The timeline drawn: lanes for rounds, the parties' demands and outcomes over an axis of time.

Plain geometry in pixels; the template writes it as SVG.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.html import day
from app.negotiations.axis import MARGIN, Column, Tick, places_of, ticks_of
from app.negotiations.party import PartyRow
from app.negotiations.round import RoundRow
from app.negotiations.timeline import PAGE, Group, Happening, Timeline

MARK = 13
ACROSS = 4
"""Marks side by side before a new line of them begins."""
MOST_LINES = 4
GAP = 26
MOST_COLUMNS = 120
AXIS = 26
ROUND_LANE = 48
ROUND_WIDTH = 58
OUTCOME_LANE = 40
OUTCOME_LINES = 2
SURPLUS_WIDTH = 26


class Mark(NamedTuple):
    """One record, drawn with its upper left corner at (x, y); its row is on that page of the list."""

    x: float
    y: float
    happening: Happening
    page: int
    label: str


class Surplus(NamedTuple):
    """How many marks found no room at a place."""

    x: float
    y: float
    number: int


class RoundMark(NamedTuple):
    """A round: a dot with its date in short."""

    x: float
    row: RoundRow

    @property
    def label(self) -> str:
        """``2 Jun``, or ``Aug`` where only the month is known."""
        on = self.row.starts_on
        return "" if on is None else f"{on:%b}" if self.row.precision == "month" else f"{on.day} {on:%b}"


class Lane(NamedTuple):
    """A horizontal band; ``party`` is empty for rounds and outcomes."""

    name: str
    y: float
    height: float
    middle: float
    party: PartyRow | None


class Strip(NamedTuple):
    """The whole drawing; ``cuts`` are the middles of stretches left out, ``undated`` whether a group has no date."""

    width: float
    height: float
    lanes: list[Lane]
    rounds: list[RoundMark]
    marks: list[Mark]
    surplus: list[Surplus]
    ticks: list[Tick]
    cuts: list[float]
    left_out: int
    undated: bool


def strip(shown: Timeline) -> Strip | None:
    """The drawing of a timeline, without lanes for what the filters leave out; None where nothing on it has a date.

    The newest columns are drawn, 120 at most.
    """
    columns = _columns(shown.groups)
    if not columns:
        return None
    left_out, columns = max(0, len(columns) - MOST_COLUMNS), columns[-MOST_COLUMNS:]
    places, cuts = places_of(columns)
    lanes = _lanes(shown, columns)
    marks, surplus = _marks(shown, columns, places, lanes)
    drawn_rounds = [
        RoundMark(x, group.round)
        for column, x in zip(columns, places, strict=True)
        for group in column.groups
        if group.round
    ]
    width = places[-1] + columns[-1].width / 2 + MARGIN + GAP
    height = lanes[-1].y + lanes[-1].height + AXIS
    undated = any(group.dated_on is None for group in shown.groups)
    ticks = ticks_of(columns, places)
    return Strip(width, height, lanes, drawn_rounds, marks, surplus, ticks, cuts, left_out, undated)


def _columns(groups: Sequence[Group]) -> list[Column]:
    days: dict[date, list[Group]] = {}
    for group in groups:
        if group.dated_on:
            days.setdefault(group.dated_on, []).append(group)
    return [Column(day, days[day], _column_width(days[day])) for day in sorted(days)]


def _column_width(groups: Sequence[Group]) -> float:
    piles: dict[tuple[object, ...], int] = {}
    for group in groups:
        for happening in group.happenings:
            piles[_pile(happening)] = piles.get(_pile(happening), 0) + 1
    across = min(ACROSS, max(piles.values(), default=1))
    surplus = SURPLUS_WIDTH if any(number > _room(pile[0] == "outcome") for pile, number in piles.items()) else 0
    return max(across * MARK + 2 * surplus, ROUND_WIDTH if any(group.round for group in groups) else 0)


def _pile(happening: Happening) -> tuple[object, ...]:
    return happening.kind, happening.party_id, happening.says if happening.kind == "demand" else ""


def _lanes(shown: Timeline, columns: Sequence[Column]) -> list[Lane]:
    filters = shown.filters
    lanes = [Lane("Rounds", 0, ROUND_LANE, ROUND_LANE - 14, None)]
    speaking = {
        happening.party_id
        for column in columns
        for group in column.groups
        for happening in group.happenings
        if happening.kind == "demand"
    }
    for party in shown.words.parties.values():
        asked = party.slug in filters.parties if filters.parties else party.role == "side"
        if filters.wants("demand") and (asked or party.id in speaking):
            above, below = (_lines(columns, party.id, stance) * MARK for stance in ("for", "against"))
            y = lanes[-1].y + lanes[-1].height
            lanes.append(Lane(party.name, y, above + below + 12, y + 6 + above, party))
    if not filters.wants("outcome"):
        return lanes
    y = lanes[-1].y + lanes[-1].height
    return [*lanes, Lane("Outcomes", y, OUTCOME_LANE, y + OUTCOME_LANE / 2, None)]


def _lines(columns: Sequence[Column], party_id: int, stance: str) -> int:
    """How many lines of marks the fullest column needs."""
    most = max(
        sum(
            happening.party_id == party_id and happening.says == stance
            for group in column.groups
            for happening in group.happenings
        )
        for column in columns
    )
    return min(MOST_LINES, max(1, -(-most // ACROSS)))


def _marks(
    shown: Timeline, columns: Sequence[Column], places: Sequence[float], lanes: Sequence[Lane]
) -> tuple[list[Mark], list[Surplus]]:
    marks: list[Mark] = []
    surplus: list[Surplus] = []
    pages = {happening.key: place // PAGE + 1 for place, happening in enumerate(shown.happenings)}
    lane_of = {lane.party.id: lane for lane in lanes if lane.party}
    for column, x in zip(columns, places, strict=True):
        for pile in _piles(column):
            lane = lane_of.get(pile[0].party_id or 0, lanes[-1])
            room = _room(lane.party is None)
            for happening, (left, top) in zip(pile[:room], _spots(lane, pile[0].says, x, len(pile)), strict=False):
                marks.append(Mark(left, top, happening, pages[happening.key], _label(shown, happening)))
            if len(pile) > room:
                surplus.append(Surplus(x + ACROSS * MARK / 2, _line_y(lane, pile[0].says, 0), len(pile) - room))
    return marks, surplus


def _room(of_outcomes: bool) -> int:
    return ACROSS * (OUTCOME_LINES if of_outcomes else MOST_LINES)


def _piles(column: Column) -> list[list[Happening]]:
    piles: dict[tuple[object, ...], list[Happening]] = {}
    for group in column.groups:
        for happening in group.happenings:
            if happening.kind != "delegation":
                piles.setdefault(_pile(happening), []).append(happening)
    return list(piles.values())


def _spots(lane: Lane, stance: str, x: float, number: int) -> list[tuple[float, float]]:
    """The corners of a pile's marks: lines of four, growing away from the lane's middle."""
    across = min(ACROSS, number)
    spots = []
    for place in range(min(number, _room(lane.party is None))):
        line, step = divmod(place, across)
        top = _line_y(lane, stance, line) if lane.party else lane.y + 7 + line * MARK
        spots.append((x + (step - across / 2) * MARK, top))
    return spots


def _line_y(lane: Lane, stance: str, line: int) -> float:
    return lane.middle + line * MARK if stance == "against" else lane.middle - (line + 1) * MARK


def _label(shown: Timeline, happening: Happening) -> str:
    when = day(happening.dated_on)
    if happening.kind == "outcome":
        name = shown.words.kinds[happening.about_id or 0].name
        return f"{name}: {happening.says}, {when}, {happening.standing}"
    party = shown.words.parties[happening.party_id or 0].name
    return f"{party} {happening.says}: {shown.words.issues[happening.about_id or 0].name}, {when}, {happening.standing}"
