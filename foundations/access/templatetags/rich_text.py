"""Rich text on pages, and the files that a form's editor needs."""

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.safestring import SafeString
from js_asset import Media

from foundations.access.rich_text import clean_rich

register = template.Library()


@register.filter
def rich(text: str) -> str:
    """Text of a `RichTextField`; cleaned again, whoever wrote the row."""
    return SafeString(clean_rich(text or ""))


@register.simple_tag(takes_context=True)
def form_media(context: Context, form: object) -> str:
    """{% form_media form %} in a page's head: style and script of its widgets, with the nonce.

    Nothing for a page whose `form` is something else than one form."""
    if not isinstance(form, BaseForm):
        return ""
    nonce = str(context["request"].csp_nonce)
    return SafeString(str(Media.from_media(form.media, nonce=nonce)))
