"""What the entries of this room say in a timeline; each part tells its own."""

from bulletins.verbs import library, obligations
from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {**obligations.VERBS, **library.VERBS}
