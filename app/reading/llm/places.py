"""Where a quote stands in an article: word for word, or but for its quotation marks, dashes and blanks."""

from app.reading.page import straight


class Places:
    """An article's text, to find quotes in: the stretch that is found is always the article's own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain, self._at = _plain(text)

    def find(self, words: str) -> tuple[int, int] | None:
        """Start and end of the first place where the text says this; None if it says so nowhere."""
        words = words.strip()
        if not words:
            return None
        exact = self.text.find(words)
        if exact >= 0:
            return exact, exact + len(words)
        wanted = _plain(words)[0].strip()
        start = self._plain.find(wanted) if wanted else -1
        return (self._at[start], self._at[start + len(wanted) - 1] + 1) if start >= 0 else None


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with plain signs and single blanks, and for each of its characters its place in the text."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(straight(text).replace("–", "-")):
        blank = sign.isspace()
        if not (blank and signs and signs[-1] == " "):
            signs.append(" " if blank else sign)
            places.append(place)
    return "".join(signs), places
