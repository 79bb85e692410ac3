from django import template

from suggestions.models import Proposal
from suggestions.proposal_kinds import sentence_of

register = template.Library()


@register.simple_tag
def noticed(proposal: Proposal) -> str:
    """{% noticed proposal %}: what the portal noticed, in one sentence."""
    return sentence_of(proposal)
