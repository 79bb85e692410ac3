"""What the entries of this room say in a timeline; each part tells its own."""

from foundations.audit.verbs import Words
from workplans.verbs import issues, lists

VERBS: dict[str, Words] = {**lists.VERBS, **issues.VERBS}
