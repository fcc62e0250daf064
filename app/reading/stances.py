"""How a sentence takes a stance: from an issue's words up through the verbs that govern them to who holds it."""

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from app.reading.cues import VIEWS, Cues, Effect
from app.reading.grammar import (
    acts_on_something,
    after_only,
    agent,
    is_condition,
    is_maybe,
    is_means,
    is_nobody,
    is_only_possible,
    is_open_question,
    is_purpose,
    is_speech,
    is_state,
    is_subjunctive,
    joined_verb,
    own_subject,
    speaks_itself,
    to_be_done,
)
from app.reading.idioms import pattern
from app.reading.speakers import ANALYST, Parties, Scene

CONTAINS = {"include", "be", "remain", "contain", "call", "provide", "envisage", "involve", "cover"}
DOUBTS = {"doubt", "unclear", "doubtful", "predict", "speculate", "question"}
WILL = {"will", "would", "wo", "can", "ca", "could", "shall"}
TIMES = {"after", "since", "following", "despite", "during", "amid", "because", "before"}


@dataclass(frozen=True)
class Stance:
    """Who holds it and which way: ``sign`` is +1 where they want what the words name, -1 where they refuse it."""

    parties: Parties
    sign: int
    confidence: float


def stances(scene: Scene, cues: Cues, span: Span, *, threat: bool = False) -> list[Stance]:
    """The stances that the sentence takes on what ``span`` names; none if it takes none.

    With ``threat``, threatening with it counts as wanting it.
    """
    climb = Climb(scene, cues, span, threat)
    climb.run()
    return climb.found


@dataclass
class Climb:
    """The way from an issue's words up the parse."""

    scene: Scene
    cues: Cues
    span: Span
    threat: bool
    sign: int = 1
    cue: Effect | None = None
    found: list[Stance] = field(default_factory=list)
    spoken: set[int] = field(default_factory=set)
    blocked: bool = False
    conditional: bool = False
    imposed: bool = False
    """Whether the party just above is the one to suffer, not to want: "accept or face sanctions"."""
    subject: bool = False
    """Whether the words are the subject of the verb just above, which they do rather than undergo."""
    joined: bool = False
    """Whether an "and" joins the words to others that what is above governs first."""
    promised: Parties = ()
    """Whose commitment or recognition the words are, if nobody above wants or refuses it."""
    contrasted: bool = False
    """Whether a "but" frees the words from a negation before it."""
    disagreed: bool = False
    """Whether the parties failed to agree, which tells nothing of what each wants."""
    denied: bool = False
    """Whether a negation turned the stance on the way."""

    def run(self) -> None:
        """Climb to the top, noting who holds what on the way."""
        self.spoken |= {token.i for token in self.span}
        node: Token | None = self.span.root
        if is_only_possible(self.span.root):
            return
        if any("undo" in self.cues.at.get(clause.i, []) for clause in to_be_done(self.span.root)):
            self.sign = -self.sign
        if any("must" in self.cues.at.get(token.i, []) for token in self.span):
            self.cue = "must"
        if speaks_itself(self.span.root) and "want" in self.cues.at.get(self.span.root.i, []):
            self.cue = "want"
        sibling = False
        while node is not None and not self.blocked:
            if not sibling:
                self._relative_clause(node)
                self._weigh(node)
                if self._settled(node):
                    return
            self._turn(node)
            sibling = node.dep_ == "conj" and node.head.pos_ == node.pos_ and not own_subject(node)
            self.subject = node.dep_ in {"nsubj", "csubj"} and node.head.i != node.i
            node = node.head if node.head.i != node.i else None
            if sibling and node is not None and node.pos_ in {"VERB", "AUX"} and self.cue and not self.imposed:
                sibling = False
                if self._settle(self._subject(node), 0.72):
                    return
                sibling = True
        if not self.blocked and not (self.joined and self.denied) and (self.cue or self._is_spoken_fragment()):
            quoted = self.scene.in_quotes(self.span.root)
            self._settle(
                (self.scene.speaker_of_quote() if quoted else ()) or self.promised or self._according_to(), 0.5
            )

    def _according_to(self) -> Parties:
        """The parties of "according to ...", of an opening "For ..." or of "..., they said, ..."."""
        first = self.scene.doc[0]
        if first.lower_ in {"for", "to"} and first.dep_ == "prep":
            return tuple(party for part in first.children for party in self.scene.parties(part) if party != ANALYST)
        for token in self.scene.doc:
            if (
                token.dep_ == "parataxis"
                and is_speech(token)
                and token.head.i in {one.i for one in self.span.root.ancestors}
            ):
                return tuple(party for party in self.scene.parties(own_subject(token)) if party != ANALYST)
            if token.lower_ == "according":
                parts = [part for child in token.children for part in child.children if part.dep_ == "pobj"]
                return tuple(party for part in parts for party in self.scene.parties(part) if party != ANALYST)
        return ()

    def _turn(self, node: Token) -> None:
        """Count what joins a word to the one before it: "talks instead of a truce", "not a truce but a treaty"."""
        self.joined = self.joined or node.dep_ == "conj"
        links = (
            [child for child in node.head.children if child.dep_ == "cc" and child.i < node.i]
            if node.dep_ == "conj"
            else []
        )
        for link in links[-1:]:
            if "undo" in self.cues.at.get(link.i, []):
                self.sign = -self.sign
        if any(child.lower_ == "but" and node.head.i < child.i < node.i for child in node.head.children):
            self.contrasted = True

    def _is_spoken_fragment(self) -> bool:
        """Whether the words stand in a quotation without a verb over them, as an item of a list of wishes."""
        root = self.span.root
        over = [token for token in (root, *root.ancestors) if token.pos_ in {"VERB", "AUX"} and not is_speech(token)]
        return self.scene.in_quotes(root) and not over

    def _weigh(self, node: Token) -> None:
        if self.conditional:
            return
        effects = self.cues.of(node, self.spoken, self.span.start, joined=self.joined)
        if self.subject and node.pos_ == "VERB" and node.tag_ != "VBN" and acts_on_something(node):
            own = self.cues.at.get(node.i, [])
            effects = [effect for effect in effects if effect not in own]
        if node.dep_ == "prep" and node.lower_ in TIMES and self.cue is None and "undo" not in effects:
            self.blocked = not after_only(node)
            self.cue, self.conditional = "want", True
        if "price" in effects and self.cue is None:
            self.cue, self.conditional = "want", True
            return
        if self.threat and "threat" in effects:
            self.cue = "want"
            self.imposed = node.lemma_ == "face"
        if ("unsettled" in effects and self.cue is None) or is_means(node) or ("want" in effects and is_maybe(node)):
            self.blocked = True
        for effect in effects:
            if effect in {"refuse", "undo"}:
                self.sign = -self.sign
            if effect in {"want", "refuse"} or (effect == "must" and self.cue is None):
                self.cue = effect
        if self._negated(node) or (node.dep_ in {"acomp", "attr"} and self._negated(node.head)):
            self.sign = self.sign if self.contrasted else -self.sign
            self.denied, self.contrasted = not self.contrasted, False
        condition = is_condition(node)
        if self.cue is None and is_purpose(node) and not effects and not self._is_wished(node.head):
            self.blocked = True
        if condition == "if" or is_open_question(node):
            self.blocked = True
        elif condition == "until":
            self.cue, self.conditional = "want", True

    def _is_wished(self, head: Token) -> bool:
        """Whether a verb or its object wants what a clause after it says: "repeated his offer to meet"."""
        objects = (child for child in head.children if child.dep_ == "dobj")
        return any({"want", "refuse"} & set(self.cues.at.get(token.i, [])) for token in (head, *objects))

    def _settled(self, node: Token) -> bool:
        if node.pos_ in {"NOUN", "PROPN"}:
            return self._settled_by_noun(node)
        if node.pos_ not in {"VERB", "AUX", "ADJ"} or node.lemma_ == "face":
            return False
        subject = self._subject(node)
        if self.cue in {None, "must"} and self._owned_by_subject(node, subject):
            return True
        if self.cue in {None, "must"} and self._is_own_will(node) and not is_condition(node):
            return self._settle(self._sayer(node) or own_subject(node), 0.6)
        if self.cue is None:
            return False
        if is_condition(node) or self._is_wanted_clause(node):
            return False
        if self.promised and not is_speech(node) and not self.cues.at.get(node.i):
            return self._settle(self.promised, 0.65)
        if subject is not None and subject.i not in self._words and is_nobody(subject):
            self.sign = -self.sign
        if self.cue == "must" and not is_speech(node):
            return False
        self.disagreed = self.denied and node.lemma_ in {"agree", "reach", "commit"}
        return self._settle(subject, 0.8 if self.cue != "must" else 0.6)

    def _settled_by_noun(self, node: Token) -> bool:
        wanting = node.i not in self._words and bool({"want", "refuse"} & set(self.cues.at.get(node.i, [])))
        if not wanting:
            return False
        owner = self.scene.owner(node)
        if owner and pattern("stance", "promise").fullmatch(node.text):
            self.promised = owner
        elif owner:
            self._settle(owner, 0.75)
            self.cue = None
        return False

    def _sayer(self, node: Token) -> Token | None:
        """Who says the clause, where that is a party."""
        if node.dep_ != "ccomp" or not is_speech(node.head):
            return None
        sayer = own_subject(node.head)
        return sayer if self.scene.parties(sayer) else None

    def _is_own_will(self, node: Token) -> bool:
        """Whether a party says of itself that it will not, or has stopped or dropped something."""
        subject = own_subject(node)
        if subject is None or subject.dep_ != "nsubj" or node.dep_ not in {"ROOT", "ccomp", "conj"}:
            return False
        if node.tag_ == "VB" and not any(child.dep_ == "aux" and child.tag_ == "MD" for child in node.children):
            return False
        modal = any(child.lower_ in WILL for child in node.children if child.dep_ == "aux")
        if modal and self._says_of_itself(node, subject):
            return True
        undoing = "undo" in self.cues.at.get(node.i, []) and node.i not in self.cues.named and node.i not in self._words
        return (modal and self._negated(node)) or (undoing and not self._is_charge(node, subject))

    def _is_charge(self, node: Token, subject: Token) -> bool:
        """Whether one party says that another has done something."""
        sayer = self._sayer(node)
        doing = self.scene.parties(subject)
        return sayer is not None and bool(doing) and self.scene.parties(sayer) != doing

    def _says_of_itself(self, node: Token, subject: Token) -> bool:
        """Whether a party says what it will do itself: "France said it would send troops"."""
        sayer = self._sayer(node)
        bound = any(is_condition(child) == "until" for child in node.children)
        firm = not bound and any(
            child.lower_ in {"will", "would", "shall"} for child in node.children if child.dep_ == "aux"
        )
        return firm and sayer is not None and self.scene.parties(sayer) == self.scene.parties(subject)

    @property
    def _words(self) -> set[int]:
        return {token.i for token in self.span}

    def _owned_by_subject(self, node: Token, subject: Token | None) -> bool:
        among = next((part for child in node.children if child.lower_ == "among" for part in child.children), None)
        subject = among or subject
        if subject is not None and "refuse" in self.cues.at.get(subject.i, []) and self.scene.owner(subject):
            self.sign = -self.sign
            return self._settle(self.scene.owner(subject), 0.65)
        if subject is None or subject.i in self._words:
            return False
        wish = "want" in self.cues.at.get(subject.i, []) or pattern("artifacts").fullmatch(subject.text)
        if not wish or node.lemma_ not in CONTAINS:
            return False
        return self._settle(self.scene.parties(subject) or self.scene.owner(subject), 0.7)

    def _settle(self, holder: Token | Parties | None, confidence: float) -> bool:
        if self.blocked or self._doubted:
            return True
        parties = self.scene.parties(holder) if isinstance(holder, Token) else (holder or ())
        if ANALYST in parties or (self.disagreed and len(parties) > 1):
            self.blocked = True
            return True
        if not parties:
            return False
        held = {party for one in self.found for party in one.parties}
        fresh = tuple(party for party in parties if party not in held)
        if fresh:
            self.found.append(Stance(fresh, self.sign, confidence))
        return True

    @property
    def _doubted(self) -> bool:
        """Whether a clause above doubts what is said: "it is unclear whether", "few expect"."""
        above = (token for token in self.span.root.ancestors if token.i not in self.spoken)
        return any("unsettled" in self.cues.at.get(token.i, []) and token.lemma_ in DOUBTS for token in above)

    def _subject(self, node: Token) -> Token | None:
        if node.dep_ in {"acomp", "attr", "xcomp", "prep"} and not own_subject(node):
            return self._subject(node.head) if node.head.i != node.i else None
        own = own_subject(node)
        if own is not None and own.dep_ == "nsubjpass" and not is_state(node):
            return agent(node)
        if own is not None:
            return own
        if node.dep_ in {"conj", "advcl", "pcomp"} and node.head.i != node.i:
            return self._subject(joined_verb(node))
        if node.dep_ == "acl" and node.head.dep_ == "ROOT" and node.head.pos_ == "PROPN":
            return node.head
        if node.dep_ == "acl" and node.tag_ == "VBN":
            return agent(node)
        return None

    def _is_wanted_clause(self, node: Token) -> bool:
        """Whether the clause is what a party above wants done, not what its own subject says."""
        head = node.head
        if node.dep_ not in {"ccomp", "xcomp", "acl", "advcl", "relcl"} or head.i == node.i:
            return False
        governed = {"want", "refuse", "must"} & set(self.cues.at.get(head.i, []))
        base = (
            node.tag_ == "VB"
            or is_subjunctive(node)
            or any(child.tag_ in {"TO", "MD"} for child in node.children if child.dep_ == "aux")
        )
        return bool(governed) and node.dep_ in {"ccomp", "xcomp", "acl"} and base

    def _negated(self, node: Token) -> bool:
        for child in node.children:
            counted = self.span.start <= child.i < self.span.end or child.i in self.cues.inside
            if not counted and (child.dep_ == "neg" or child.lower_ in {"no", "never", "neither", "nor"}):
                return not (child.i + 1 < len(node.doc) and node.doc[child.i + 1].lower_ == "only")
        return False

    def _relative_clause(self, node: Token) -> None:
        if node.pos_ not in {"NOUN", "PROPN"} or self.cue:
            return
        for clause in (child for child in node.children if child.dep_ in {"relcl", "acl"}):
            effects = self.cues.of(clause, set(self.spoken))
            viewed = clause.lemma_ in VIEWS and "must" in effects
            if not (viewed or {"want", "refuse"} & set(effects)):
                continue
            subject = self._subject(clause)
            if subject is None or subject.tag_ in {"WDT", "WP"}:
                subject = agent(clause)
            parties = self.scene.parties(subject)
            sign = -1 if ("refuse" in effects) != self._negated(clause) else 1
            if parties and ANALYST not in parties:
                self.found.append(Stance(parties, self.sign * sign, 0.75))
