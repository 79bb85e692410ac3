"""What goes wrong in general, and how the sides settle it together."""

from problems.models.consultations import Asking, Consultation, Opinion
from problems.models.guidance import Guidance, Visit
from problems.models.law import (
    Agreed,
    ClassCase,
    Interpretation,
    Position,
    Question,
    Standard,
)
from problems.models.matters import Matter, Part
from problems.models.problems import Measure, Problem, Track

__all__ = [
    "Agreed",
    "Asking",
    "ClassCase",
    "Consultation",
    "Guidance",
    "Interpretation",
    "Matter",
    "Measure",
    "Opinion",
    "Part",
    "Position",
    "Problem",
    "Question",
    "Standard",
    "Track",
    "Visit",
]
