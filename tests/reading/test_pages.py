"""What of a page is read, what is left alone, and that every quote stands in the text."""

import textwrap
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.reading.page import article_blocks, is_prose, straight
from app.reading.reader import Metadata, Reader

ARTICLE = (
    "Ukraine and Russia held peace talks in Istanbul on Monday. Kyiv demanded an immediate ceasefire.\n"
    "The Kremlin rejected the idea. Both sides agreed to continue negotiations.\n"
)


def kept(text: str) -> str:
    """The lines of a page that are read."""
    plain = straight(text)
    return "\n".join(plain[block.start : block.end] for block in article_blocks(plain))


@pytest.mark.parametrize(
    "junk",
    [
        "Menu\nHome\nWorld\nSport\nOpinion\nRead more\nSubscribe\n",
        "Subscribe to our newsletter and get the news straight to your inbox.\n",
        "We use cookies to improve your experience on this site. Read our privacy policy.\n",
        "[Read our live blog](https://example.org/live)\n",
        "Soldiers wait near the front. Photo: A. Writer/Getty Images\n",
        "Die Delegationen haben sich in der Stadt getroffen und sprachen lange miteinander über den Frieden, "
        "doch niemand glaubt, dass sie sich bald einigen werden, sagten Diplomaten.\n",
    ],
)
def test_sets_page_junk_aside(junk: str) -> None:
    left = kept(junk + ARTICLE).strip()
    assert left.endswith(ARTICLE.strip())
    assert not is_prose(left.removesuffix(ARTICLE.strip()))


def test_stops_where_other_stories_begin(reader: Reader) -> None:
    teaser = "Related Articles\nHamas demanded a full ceasefire in Gaza, and Israel rejected the idea of talks.\n"
    alone = reader.read(ARTICLE, Metadata(published=date(2025, 6, 3)))
    assert reader.read(ARTICLE + teaser, Metadata(published=date(2025, 6, 3))) == alone
    assert alone.demands


def test_joins_lines_that_break_at_a_fixed_width(reader: Reader) -> None:
    wrapped = (
        "Ukraine and Russia held peace talks in Istanbul on Monday. Kyiv said\n"
        "that it demanded an immediate and unconditional ceasefire on land and\n"
        "at sea. Moscow replied that it would first talk about the conditions\n"
        "of a settlement, and that a truce without them would be pointless.\n"
    )
    found = {(one.party, one.issue, one.stance) for one in reader.read(wrapped).demands}
    assert ("ukraine", "ceasefire", "for") in found


WIRE = (
    "Delegations from Kyiv and Moscow sat down in Istanbul on Monday for little more than an hour. They agreed to swap "
    "sick and badly wounded prisoners. A ceasefire was not agreed. The Ukrainian side handed over a list of children. "
    "Rustem Umerov headed Kyiv's team."
)


@pytest.mark.parametrize("width", [72, 96, 120])
def test_reads_a_short_report_wrapped_at_any_width_alike(reader: Reader, width: int) -> None:
    known = Metadata(published=date(2025, 6, 3))
    whole, wrapped = reader.read(WIRE, known), reader.read(textwrap.fill(WIRE, width), known)
    assert whole.about_talks
    assert [(one.date, one.city) for one in whole.rounds] == [("2025-06-02", "Istanbul")]
    assert [one.head.name for one in whole.delegations if one.head] == ["Rustem Umerov"]
    for kind in ("rounds", "delegations", "demands", "outcomes"):
        quoted = [" ".join(one.quote.exact.split()) for one in getattr(wrapped, kind)]
        assert quoted == [one.quote.exact for one in getattr(whole, kind)]


def test_a_title_is_not_joined_with_what_follows() -> None:
    page = "Ukraine and Russia meet in Istanbul without a truce\n" + ARTICLE
    blocks = article_blocks(page)
    assert [block.heading for block in blocks] == [True, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A recipe for borscht: beetroot, cabbage and a little patience make a soup for the whole family.",
        "Ukraine's grain harvest rose last year, the farm ministry said. Russia exported less wheat.",
        "The Kremlin said the budget deficit would grow. Russian banks raised their rates, and Ukraine printed money.",
        "Ukraine and Russia met in Warsaw on Monday for a chess match. Both sides won a game. The crowd was small. "
        "The next match is in May. A Turkish team won the cup.",
        "Hamas and Israel held ceasefire talks in Cairo. Egypt called for the release of all hostages.",
    ],
)
def test_leaves_other_matters_alone(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert not reading.about_talks
    assert [*reading.rounds, *reading.delegations, *reading.demands, *reading.outcomes] == []


def test_curly_quotes_and_odd_blanks_are_quoted_as_they_stand(reader: Reader) -> None:
    text = "Ukraine and Russia held peace talks.\n" + (
        "“We\u00a0demand a full cease‑fire,” Zelensky\u200b said in Kyiv’s centre.\n"
    )
    found = reader.read(text).demands
    assert [one.quote.exact for one in found] == [text.splitlines()[1]]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [*ARTICLE.split(". "), "“", "\n\n", "Related Articles\n", "on 31 February 2025", "\u200b", "—"]
            ),
            st.text(max_size=40),
        ),
        max_size=12,
    ),
    st.one_of(st.none(), st.dates()),
)
def test_every_quote_stands_in_any_text(reader: Reader, parts: list[str], published: date | None) -> None:
    text = ". ".join(parts)
    reading = reader.read(text, Metadata(published=published))
    quotes = [one.quote for one in reading.rounds] + [one.quote for one in reading.delegations]
    quotes += [one.quote for one in reading.demands] + [one.quote for one in reading.outcomes]
    assert all(quote.stands_in(text) for quote in quotes)
