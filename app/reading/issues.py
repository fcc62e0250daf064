"""Where a sentence names an issue, and which way its words point."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.reading.phrases import any_of
from app.reading.vocabulary import IssueEntry, Vocabulary


@dataclass(frozen=True)
class IssueMention:
    """Words that name an issue: ``sign`` is +1 where they say the proposition, -1 where its contrary."""

    issue: str
    start: int
    end: int
    sign: int
    actor: str | None = None
    threat: bool = False
    from_sides: bool = False
    meeting: bool = False


@dataclass(frozen=True)
class IssuePatterns:
    """The compiled phrases of one issue."""

    slug: str
    actor: str | None
    threat: bool
    meeting: bool
    outright: re.Pattern[str]
    from_sides: re.Pattern[str]
    phrases: re.Pattern[str]
    contrary: re.Pattern[str]
    unless: re.Pattern[str]

    def mentions(self, text: str) -> Iterator[IssueMention]:
        """Mentions of the issue in a sentence, words of the contrary before words of the proposition."""
        taken = [found.span() for found in self.unless.finditer(text)]
        for pattern, sign in ((self.contrary, -1), (self.outright, 1), (self.phrases, 1), (self.from_sides, 1)):
            for found in pattern.finditer(text):
                if not _touches(found.span(), taken):
                    taken.append(found.span())
                    only_sides = pattern is self.from_sides
                    actor = None if pattern is self.outright else self.actor
                    yield IssueMention(self.slug, *found.span(), sign, actor, self.threat, only_sides, self.meeting)


def issue_patterns(vocabulary: Vocabulary) -> tuple[IssuePatterns, ...]:
    """The patterns of a process's issues."""
    return tuple(_patterns(issue, vocabulary) for issue in vocabulary.issues)


def issue_mentions(text: str, patterns: tuple[IssuePatterns, ...]) -> tuple[IssueMention, ...]:
    """All issues that a sentence names."""
    return tuple(mention for one in patterns for mention in one.mentions(text))


def _patterns(issue: IssueEntry, vocabulary: Vocabulary) -> IssuePatterns:
    lists = vocabulary.lists
    return IssuePatterns(
        issue.slug,
        issue.actor,
        issue.threat,
        issue.meeting,
        any_of(issue.outright, lists),
        any_of(issue.from_sides, lists),
        any_of(issue.phrases, lists),
        any_of(issue.contrary, lists),
        any_of(issue.unless, lists),
    )


def _touches(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
