"""Made-up counted evidence, as arrays, so that thousands of registers are graded at once."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from peelbook.judgments.framework import Framework, load_framework
from peelbook.judgments.grades import SUMS
from peelbook.judgments.rules import grade_all, thresholds_of

FRAMEWORK = load_framework()
PARTS = [part.id for part in FRAMEWORK.sub_questions]
SIZE = len(PARTS)
GRADES = {rank: grade for grade, rank in FRAMEWORK.ranks.items()}

# (place of the sub-question, is strength, weight, area for improvement, cause of concern)
finding = st.tuples(
    st.integers(0, SIZE - 1),
    st.booleans(),
    st.sampled_from([1, 2, 3]),
    st.booleans(),
    st.booleans(),
)
# Few, one-sided and many findings all have to occur: the edges are where rules go wrong.
registers = st.one_of(
    st.lists(finding, max_size=6),
    st.lists(finding, min_size=10, max_size=40),
    st.lists(finding.map(lambda f: (f[0], True, *f[2:])), max_size=60),
    st.lists(finding.map(lambda f: (f[0] % 4, f[1], *f[2:])), max_size=40),
)
# (place, is strength), with the weight of the heaviest indicator
indicators = st.lists(st.tuples(st.integers(0, SIZE - 1), st.booleans()), max_size=8)
thresholds = st.fixed_dictionaries(
    {
        f"{rule.id}.{name}": st.sampled_from([parameter.low, parameter.value, parameter.high])
        for rule in FRAMEWORK.rules.values()
        for name, parameter in rule.parameters.items()
    }
)


def counts(findings=(), bands=()) -> dict[str, np.ndarray]:
    """Count findings and indicators; an area or a cause of concern hangs on a weakness only."""
    totals = {name: np.zeros(SIZE) for name in SUMS}
    for place, strength, weight, area, concern in findings:
        kind = "strength" if strength else "weakness"
        totals["strengths" if strength else "weaknesses"][place] += 1
        totals[f"{kind}_weight"][place] += weight
        totals[f"{kind}_weight_of_findings"][place] += weight
        totals["findings"][place] += 1
        totals["strength_findings"][place] += strength
        totals["areas_for_improvement"][place] += area and not strength
        for name in ("causes_of_concern", "causes_in_question"):
            totals[name][place] += concern and not area and not strength
    for place, strength in bands:
        totals["strengths" if strength else "weaknesses"][place] += 1
        totals["strength_weight" if strength else "weakness_weight"][place] += 0.5
        totals["indicators"][place] += 1
    return totals


def ranks(totals, values=None, framework: Framework = FRAMEWORK) -> np.ndarray:
    """Return the ranks of sub-questions, core questions and overall, one after the other."""
    graded = grade_all(totals, framework, values or thresholds_of(framework))
    return np.concatenate([level.rank for level in graded.values()], axis=-1)
