"""The text cut at the boundaries of its quotes: nothing lost, every quote reachable."""

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from app.evidence.highlights import Piece, Span, grouped, paragraphs

TEXT = "Kyiv asked for a truce. Moscow refused.\n\nBoth will meet again."


def test_text_without_quotes_is_its_paragraphs() -> None:
    assert paragraphs(TEXT, []) == [
        [Piece("Kyiv asked for a truce. Moscow refused.")],
        [Piece("Both will meet again.")],
    ]


def test_a_quote_is_one_piece_with_its_surroundings() -> None:
    first, _ = paragraphs(TEXT, [Span(7, 0, 23)])
    assert first == [Piece("Kyiv asked for a truce.", (7,), (7,), (7,)), Piece(" Moscow refused.")]


def test_nested_and_overlapping_quotes_are_cut_at_every_boundary() -> None:
    first, _ = paragraphs(TEXT, [Span(1, 0, 23), Span(2, 15, 22), Span(3, 17, 39)])
    assert [(piece.text, piece.keys) for piece in first] == [
        ("Kyiv asked for ", (1,)),
        ("a ", (1, 2)),
        ("truce", (1, 2, 3)),
        (".", (1, 3)),
        (" Moscow refused.", (3,)),
    ]


def test_one_sentence_that_supports_two_records_opens_both() -> None:
    first, _ = paragraphs(TEXT, [Span(4, 0, 23), Span(5, 0, 23)])
    assert first[0] == Piece("Kyiv asked for a truce.", (4, 5), (4, 5), (4, 5))


def test_a_quote_over_two_paragraphs_opens_once_and_closes_once() -> None:
    first, second = paragraphs(TEXT, [Span(9, 24, 45)])
    assert (first[-1].opens, first[-1].closes) == ((9,), ())
    assert (second[0].opens, second[0].closes) == ((), (9,))


def test_a_quote_that_ends_in_the_break_closes_in_its_paragraph() -> None:
    first, second = paragraphs(TEXT, [Span(9, 24, 41)])
    assert first[-1].closes == (9,)
    assert second == [Piece("Both will meet again.")]


texts = st.text(alphabet="aб\n 😀.", max_size=60)


@st.composite
def cited_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(texts)
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]), max_size=8))
    return text, [Span(key, min(pair), max(pair)) for key, pair in enumerate(pairs)]


@given(cited_texts())
def test_pieces_are_the_text_again(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    found = paragraphs(text, spans)
    assert "\n\n".join("".join(piece.text for piece in paragraph) for paragraph in found) == text
    assert all(piece.text for paragraph in found for piece in paragraph)


@given(cited_texts())
def test_every_quote_that_shows_opens_and_closes_once(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    pieces = [piece for paragraph in paragraphs(text, spans) for piece in paragraph]
    for span in spans:
        covered = "".join(piece.text for piece in pieces if span.key in piece.keys)
        assert covered.replace("\n", "") == text[span.start : span.end].replace("\n", "")
        assert sum(span.key in piece.opens for piece in pieces) == bool(covered)
        assert sum(span.key in piece.closes for piece in pieces) == bool(covered)


def test_longest_texts_with_very_many_quotes_are_cut_in_one_go() -> None:
    text = "\n\n".join(["so say"] * 100_000)
    started = perf_counter()
    cut = paragraphs(text, [Span(key, key * 160, key * 160 + 100) for key in range(4_900)])
    assert perf_counter() - started < 5, "seconds; paragraphs times quotes would be a quarter of a minute"
    assert sum(len(piece.opens) for pieces in cut for piece in pieces) == 4_900


def test_paragraphs_set_aside_stand_apart_unless_they_are_cited() -> None:
    text = "Menu\n\nTalks went on.\n\nMore stories\n\nAnother story"
    whole = paragraphs(text, [Span(1, text.index("More"), text.index("More") + 4)])
    runs = [(aside, ["".join(piece.text for piece in one) for one in run]) for aside, run in grouped(whole, {0, 2, 3})]
    assert runs == [(True, ["Menu"]), (False, ["Talks went on.", "More stories"]), (True, ["Another story"])]
