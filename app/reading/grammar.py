"""What the parse of a sentence tells about a word: its subject, its agent, the kind of its clause."""

from spacy.tokens import Token

from app.reading.idioms import pattern

SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
LATER = {"if", "once", "when", "after"}
CONDITIONS = {"unless", "until", "till", "provided", "providing"}


def speaks_itself(node: Token) -> bool:
    """Whether words that name an issue can take the stance themselves: "open to talks", "accepted the loss"."""
    finite = node.tag_ in {"VBD", "VBZ", "VBP"} or any(
        child.dep_ == "aux" and child.tag_ != "TO" for child in node.children
    )
    return node.pos_ == "ADJ" or (node.pos_ == "VERB" and finite and own_subject(node) is not None)


def after_only(node: Token) -> bool:
    """Whether "only" stands before a word: "only after"."""
    return node.i > 0 and node.nbor(-1).lower_ == "only"


def is_purpose(node: Token) -> bool:
    """Whether a clause tells what for: "to collect bodies"."""
    return (
        node.dep_ == "advcl"
        and own_subject(node) is None
        and any(child.tag_ == "TO" for child in node.children if child.dep_ == "aux")
    )


def is_open_question(node: Token) -> bool:
    """Whether a clause leaves open if it is so."""
    marks = {child.lower_ for child in node.children if child.dep_ in {"mark", "advmod"}}
    return "whether" in marks or ("if" in marks and node.dep_ == "ccomp")


def own_subject(node: Token) -> Token | None:
    """The subject of a word itself."""
    return next((child for child in node.children if child.dep_ in SUBJECTS), None)


def agent(node: Token) -> Token | None:
    """Who does what a passive tells: "by X"."""
    agents = (child for child in node.children if child.dep_ in {"agent", "prep"} and child.lower_ == "by")
    return next((part for agent in agents for part in agent.children if part.dep_ == "pobj"), None)


def is_state(node: Token) -> bool:
    """Whether a passive form is a state of mind, as in "is prepared"."""
    return node.lemma_ in {"prepare", "determine", "interest", "commit", "oppose", "set", "willing", "concern"}


def is_speech(node: Token) -> bool:
    """Whether a word reports speech."""
    clear = node.lemma_ == "make" and any(part.lower_ == "clear" for part in node.doc[node.i + 1 : node.i + 4])
    return clear or pattern("speech").fullmatch(node.text) is not None


def is_nobody(subject: Token) -> bool:
    """Whether a subject is "neither side" or "no one"."""
    words = {subject.lower_, *(child.lower_ for child in subject.children)}
    return bool(words & {"neither", "no", "nobody", "none"})


def is_condition(node: Token) -> str | None:
    """Which condition a clause sets: "if" leaves it open, "until" asks for it, None is none."""
    if node.dep_ != "advcl":
        return None
    marks = {child.lower_ for child in node.children if child.dep_ in {"mark", "advmod"}}
    only = bool(marks & LATER) and any(child.lower_ == "only" for child in (*node.children, *node.head.children))
    if marks & CONDITIONS or only:
        return "until"
    return "if" if "if" in marks else None
