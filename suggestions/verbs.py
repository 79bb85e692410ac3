"""What the entries of this room say in a timeline."""

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {}
