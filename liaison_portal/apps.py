from django.apps import AppConfig


class LiaisonPortalConfig(AppConfig):
    name = "liaison_portal"
