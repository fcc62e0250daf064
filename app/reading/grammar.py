"""What the parse of a sentence tells about a word: its subject, its agent, the kind of its clause."""

from spacy.tokens import Token

from app.reading.idioms import pattern

SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
POSSIBLE = {"possible", "potential", "eventual", "hypothetical"}
WAYS = {"way", "path", "route", "road", "alternative"}
TERMS = {"condition", "precondition", "prerequisite", "term"}
ASKED = {"demand", "require", "request", "propose", "insist", "urge", "recommend", "ask"}
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


def is_only_possible(node: Token) -> bool:
    """Whether a noun is called possible, which leaves open who wants it."""
    return any(child.lower_ in POSSIBLE for child in node.children if child.dep_ == "amod")


def is_means(node: Token) -> bool:
    """Whether a preposition leads on to something else: "a way to a truce", "conditions for a truce"."""
    noun = node.head.lemma_.lower()
    return node.dep_ == "prep" and ((node.lower_ == "to" and noun in WAYS) or (node.lower_ == "for" and noun in TERMS))


def is_maybe(node: Token) -> bool:
    """Whether a verb tells only what may come: "could be agreed", but not "could never agree"."""
    subject = own_subject(node)
    denied = any(child.dep_ == "neg" for child in node.children) or (subject is not None and is_nobody(subject))
    return not denied and any(
        child.lower_ in {"could", "may", "might"} for child in node.children if child.dep_ == "aux"
    )


def to_be_done(node: Token) -> list[Token]:
    """What is to be done with a noun: "lifted" in "sanctions to be lifted", of joined nouns with the last one."""
    joined = [child for child in node.children if child.dep_ == "conj"]
    holder = node.head if node.dep_ == "conj" else node
    clauses = [child for child in (*node.children, *holder.children) if child.dep_ in {"relcl", "acl"}]
    passive = [one for one in clauses if one.tag_ == "VBN" and any(part.tag_ == "TO" for part in one.children)]
    return [one for one in passive if one.i > node.i and not any(node.i < other.i < one.i for other in joined)]


def acts_on_something(node: Token) -> bool:
    """Whether a verb has an object, so that its subject does it: not "deliveries must stop"."""
    return any(child.dep_ in {"dobj", "ccomp", "xcomp", "prep", "dative"} for child in node.children)


def is_subjunctive(node: Token) -> bool:
    """Whether a clause asks for something by its plain verb: "demands that Ruritania accept"."""
    subject = own_subject(node)
    if node.tag_ != "VBP" or node.dep_ != "ccomp" or subject is None or node.lower_ != node.lemma_:
        return False
    alone = subject.tag_ in {"NN", "NNP"} and not any(child.dep_ == "conj" for child in subject.children)
    return alone or node.head.lemma_ in ASKED


def joined_verb(node: Token) -> Token:
    """The verb that another is joined to: of "wants troops to leave and wants guarantees" the first "wants"."""
    head = node.head
    finite = node.tag_ in {"VBZ", "VBD"}
    while node.dep_ == "conj" and finite and head.tag_ == "VB" and head.dep_ in {"ccomp", "xcomp"}:
        head = head.head
    return head
