app_name = "returns"
# Each part adds its line; the widest pattern is asked last.
urlpatterns: list = []
