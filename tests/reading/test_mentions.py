"""Names in other spellings of their letters."""

from app.reading.mentions import Cast, cast_of
from app.reading.vocabulary import Vocabulary
from app.settings import vocabulary_path


def test_turkish_letters_are_those_of_the_name() -> None:
    cast = Cast({"ibrahim kalin": ("corvan", "person", "Ibrahim Kalin")}, {"istanbul": "Istanbul"}, {}, ("a", "b"))
    text = "İbrahim Kalın spoke in İstanbul."
    assert [(one.party, text[one.start : one.end]) for one in cast.mentions(text)] == [("corvan", "İbrahim Kalın")]
    assert cast.places(text) == ((23, "Istanbul"),)


def test_a_name_that_is_listed_with_turkish_letters_is_found_without_them() -> None:
    known = Vocabulary.load(vocabulary_path("russia-ukraine"))
    person = known.people[0].model_copy(update={"name": "Işık Yalın", "office": None, "variants": ()})
    cast = cast_of(known.model_copy(update={"people": (person,)}))
    assert [one.person for one in cast.mentions("Isik Yalin met Işık Yalın.")] == ["Işık Yalın"]
    assert [one.person for one in cast.mentions("Işik Yalin spoke.")] == ["Işık Yalın"]
