"""What the entries of this room say in a timeline; each part tells its own."""

from bulletins.verbs import bulletins, library, obligations, packages, white_papers
from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    **bulletins.VERBS,
    **obligations.VERBS,
    **packages.VERBS,
    **library.VERBS,
    **white_papers.VERBS,
}
