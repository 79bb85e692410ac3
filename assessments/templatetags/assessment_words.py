from django import template

from assessments.papers import plain

register = template.Library()
register.filter("plain", plain)
