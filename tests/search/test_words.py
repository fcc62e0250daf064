"""What a person types is found alike by both engines, and nothing that they type is an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from app.database import reading, writing
from app.evidence.article import Article
from app.search.excerpt import Part, excerpt, fragment
from app.search.words import containing, fold, terms
from tests.factories import World

TEXTS = {
    "slash": "The Russia/Ukraine track resumes; see https://example.org/talks for more.",
    "hyphen": "A cease-fire was discussed for 1,000 prisoners at 3.5 hours' length.",
    "accents": "Türkiye's President received both in the Élysée café.",
    "cyrillic": "Українська делегація прибула до Стамбула, їжак і Київ.",
    "title": "Nothing of note.",
    "operators": "Neither AND nor OR is special, NEAR the end.",
}


@pytest.fixture
def articles(engine: Engine) -> Engine:
    with writing(engine) as session:
        world = World(session)
        for slug, text in TEXTS.items():
            world.article(text, slug=slug, title="Кремль: statement" if slug == "title" else slug)
    return engine


def found(engine: Engine, query: str) -> set[str]:
    with reading(engine) as session:
        return set(session.scalars(select(Article.slug).where(containing(session, terms(query)))))


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("ukraine", {"slash"}),
        ("RUSSIA track", {"slash"}),
        ("russia hyphen", set()),
        ("example.org", {"slash"}),
        ("cease-fire", {"hyphen"}),
        ("cease fire", {"hyphen"}),
        ('"fire cease"', set()),
        ("“was discussed for”", {"hyphen"}),
        ("«was discussed»", {"hyphen"}),
        ("1,000", {"hyphen"}),
        ("1000", set()),
        ("turkiye", {"accents"}),
        ("TÜRKIYE", {"accents"}),
        ("elysee CAFÉ", {"accents"}),
        ("cafe\u0301", {"accents"}),
        ("делегація", {"cyrillic"}),
        ("ДЕЛЕГАЦІЯ київ", {"cyrillic"}),
        ("їжак", {"cyrillic"}),
        ("кремль", {"title"}),
        ("and", {"operators"}),
        ("AND OR", {"operators"}),
        ("NEAR(the end)", {"operators"}),
        ("title:кремль", set()),
        ("-special", {"operators"}),
        ("spec*", set()),
        ('"', set()),
        ("' OR 1=1 --", set()),
        ("%", set()),
        ("", set()),
        ("the\x00end", {"operators"}),
    ],
)
def test_search(articles: Engine, query: str, slugs: set[str]) -> None:
    assert found(articles, query) == slugs


def test_text_with_too_many_words_for_an_index_is_stored_and_found(engine: Engine) -> None:
    text = " ".join(f"w{number:x}" for number in range(170_000))
    with writing(engine) as session:
        World(session).article(text, slug="long")
    assert found(engine, "w1 w2") == {"long"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(query=st.text(max_size=40) | st.text(alphabet="\"'()*:^-+&|!<>\\ aя%_", max_size=20))
def test_no_query_is_an_error(articles: Engine, query: str) -> None:
    assert found(articles, query) <= set(TEXTS)


@given(st.text(max_size=60))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_terms() -> None:
    assert terms('Cease-fire "Full Truce" -- Ü') == [("cease", "fire"), ("full", "truce"), ("u",)]


def test_excerpt_without_a_find_is_the_beginning() -> None:
    assert excerpt("A short text.", terms("absent")) == [Part("A short text.", False)]


def test_excerpt_starts_shortly_before_the_find() -> None:
    parts = excerpt("word " * 200 + "the Türkiye meeting " + "tail " * 200, terms("turkiye meeting"))
    assert [part.text for part in parts if part.found] == ["Türkiye", "meeting"]
    assert parts[0] == Part("… ", False)
    assert parts[-1] == Part(" …", False)
    assert len("".join(part.text for part in parts)) < 260


def test_excerpt_is_where_most_terms_stand_together() -> None:
    text = "A truce, they said. " + "word " * 100 + "They want a full truce now. " + "word " * 100
    assert [part.text for part in excerpt(text, terms("full truce")) if part.found] == ["full", "truce"]


@given(st.text(max_size=300), st.text(max_size=10))
def test_excerpt_holds_words_of_the_text(text: str, query: str) -> None:
    parts = excerpt(text, terms(query))
    assert "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …") in text


@pytest.mark.parametrize(
    ("text", "query", "leads_to"),
    [
        ("They talked. Both sides met in Geneva on Monday. Then", "geneva", "sides%20met%20in-,Geneva,-on%20Monday."),
        ("Truce, at last.", "truce", "Truce,-%2C%20at%20last."),
        ("A cease-fire & more", "cease-fire", "A-,cease%2Dfire,-%26%20more"),
    ],
)
def test_fragment_names_the_words_found_with_those_of_their_sentence(text: str, query: str, leads_to: str) -> None:
    assert fragment(excerpt(text, terms(query))) == f"#:~:text={leads_to}"


def test_fragment_of_nothing_found_is_empty() -> None:
    assert fragment(excerpt("A short text.", terms("absent"))) == ""
