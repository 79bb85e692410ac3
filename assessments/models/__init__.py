from assessments.models.schemes import Item, Scheme
from assessments.models.sheets import Assessed, Objection, Score, Sheet

__all__ = ["Assessed", "Item", "Objection", "Scheme", "Score", "Sheet"]
