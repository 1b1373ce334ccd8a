"""What a framework is made of: grades, questions, indicator links and rules, as values that do not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peelbook.errors import InvalidParameter, suggestion


@dataclass(frozen=True)
class Grade:
    """A grade and its meaning in plain words."""

    id: str
    meaning: str


@dataclass(frozen=True)
class Heading:
    """A sub-heading under which findings of a sub-question are told."""

    id: str
    title: str


@dataclass(frozen=True)
class SubQuestion:
    """A part of a core question; `question` is the id of the core question.

    `headings` are its sub-headings in the reader's order; a part that is not `graded` is described,
    and `not_graded_because` says why.
    """

    id: str
    title: str
    question: str
    headings: tuple[Heading, ...] = ()
    graded: bool = True
    not_graded_because: str = ""


@dataclass(frozen=True)
class Question:
    """A core question, with whether it is graded and its parts in order."""

    id: str
    title: str
    question: str
    graded: bool
    sub_questions: tuple[SubQuestion, ...]


@dataclass(frozen=True)
class Parameter:
    """A threshold or weight and the range within which it might reasonably have been set."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class IndicatorLink:
    """How an indicator speaks to a sub-question: direction `lower`, `higher` or `context`.

    `weight_range` is the range of its weight, missing for context; `unassigned` the indicator of the
    share without an outcome, for shares that can be compared only where few have none.
    """

    id: str
    sub_question: str
    direction: str
    because: str
    weight: float = 0.0
    weight_range: Parameter | None = None
    unassigned: str = ""


@dataclass(frozen=True)
class Rule:
    """A grading rule: what it does (`type`), to which level, with which thresholds, and why."""

    id: str
    level: str
    type: str
    text: str
    reason: str
    parameters: Mapping[str, Parameter]
    grade: str | None = None
    count_of: str | None = None
    members: str | None = None
    by: str | None = None
    provisional_by: str | None = None

    def __getitem__(self, parameter: str) -> float:
        """Return the value of a parameter."""
        return self.parameters[parameter].value

    @property
    def sentence(self) -> str:
        """The rule in plain words, with its thresholds filled in."""
        return self.text.format(**{k: f"{p.value:g}" for k, p in self.parameters.items()})


@dataclass(frozen=True)
class Grading:
    """Where grading starts, which grade is good enough, and the words for no grade."""

    start: str
    good_enough: str
    no_evidence: str
    ungraded: str
    untested: str


@dataclass(frozen=True)
class Summaries:
    """How grades computed from published summaries are tested; the framework file says what each is."""

    ratios_tried: tuple[float, ...]
    inspections: tuple[str, ...]
    balance_bands: tuple[float, ...]
    reference_cases: int
    chance: float


@dataclass(frozen=True)
class Framework:
    """An inspection framework; `grades` run from best to worst."""

    id: str
    title: str
    headline_question: str
    grades: tuple[Grade, ...]
    grading: Grading
    questions: tuple[Question, ...]
    finding_weights: Mapping[int, str]
    finding_weight_values: Mapping[int, Parameter]
    evidence_kinds: tuple[str, ...]
    kinds_with_sample: tuple[str, ...]
    coding_notes: tuple[str, ...]
    indicators: Mapping[str, IndicatorLink]
    unassigned_at_most: float
    rules: Mapping[str, Rule]
    summaries: Summaries

    @property
    def sub_questions(self) -> tuple[SubQuestion, ...]:
        """All sub-questions in the order of the file."""
        return tuple(part for question in self.questions for part in question.sub_questions)

    @property
    def ranks(self) -> dict[str, float]:
        """Grade to rank, higher is better; missing evidence ranks half a step under good."""
        ranks = {grade.id: float(i) for i, grade in enumerate(reversed(self.grades))}
        return ranks | {self.grading.no_evidence: ranks[self.grading.good_enough] - 0.5}

    @property
    def counted_parts(self) -> tuple[SubQuestion, ...]:
        """The sub-questions whose evidence counts towards a grade."""
        return tuple(
            part
            for question in self.questions
            for part in question.sub_questions
            if question.graded and part.graded
        )

    def question(self, question_id: str) -> Question:
        """Return a core question by id; raise InvalidParameter with the ids there are."""
        by_id = {question.id: question for question in self.questions}
        if question_id not in by_id:
            raise InvalidParameter(
                f"Unknown question '{question_id}': {suggestion(question_id, by_id)}"
            )
        return by_id[question_id]

    def rules_of(self, level: str, *types: str) -> tuple[Rule, ...]:
        """Return the rules of a level, of the given types or of all types."""
        return tuple(
            rule
            for rule in self.rules.values()
            if rule.level == level and (not types or rule.type in types)
        )
