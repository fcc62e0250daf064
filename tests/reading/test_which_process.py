"""Which of several processes an article is about."""

import pytest

from app.reading.mentions import Cast, MentionKind
from app.reading.which_process import which_process


def cast(*sides: str) -> Cast:
    names: dict[str, tuple[str, MentionKind, str | None]] = {side: (side, "name", None) for side in (*sides, "corvan")}
    return Cast(names, {}, {}, sides, ("corvan",))


CASTS = {"lake": cast("arvenia", "beldor"), "coast": cast("dresk", "eland")}
LAKE = (
    "Arvenia and Beldor opened peace talks in Lakeside, with Corvan at the table. Beldor asked for a ceasefire first."
)
COAST = "Dresk and Eland held peace talks by the sea. Eland asked for a ceasefire. Dresk said no to it."
GARDENS = "Ten gardens are worth a visit this summer. Corvan has the largest of them."


@pytest.mark.parametrize(
    ("text", "process"),
    [
        (LAKE, "lake"),
        (COAST, "coast"),
        (f"{LAKE} Dresk and Eland looked on at their own peace talks and said nothing.", "lake"),
        (f"{COAST}\n\n{LAKE}\n\n{COAST}", "coast"),
        (GARDENS, None),
        ("", None),
        ("Arvenia sold grain to Beldor. Dresk did not.", "lake"),
        ("Arvenia sold grain to Corvan. Dresk did not.", None),
    ],
)
def test_article_is_about_the_process_that_it_speaks_of_most(text: str, process: str | None) -> None:
    assert which_process(text, CASTS) == process


def test_of_two_it_is_the_one_that_it_came_in_under() -> None:
    both = f"{LAKE} {LAKE.replace('Arvenia', 'Dresk').replace('Beldor', 'Eland')}"
    assert which_process(both, CASTS, home="coast") == "coast"
    assert which_process(both, CASTS, home="elsewhere") == which_process(both, CASTS) == "lake"
    assert which_process(LAKE, CASTS, home="coast") == "lake"


def test_without_processes_there_is_none() -> None:
    assert which_process(LAKE, {}) is None
