from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """Signs in with account and password; an expired account is refused."""
