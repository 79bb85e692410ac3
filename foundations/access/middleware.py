from django.shortcuts import render

from foundations.access.errors import RuleBroken


class RuleBrokenMiddleware:
    """A broken rule becomes a page with status 409 and the rule's own words."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, RuleBroken):
            return None
        template = "errors/_broken.html" if request.htmx else "errors/409.html"
        context = {"code": exception.code, "message": exception.message}
        return render(request, template, context, status=409)
