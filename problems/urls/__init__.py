app_name = "problems"
# Each part adds its line; the widest pattern is asked last.
urlpatterns: list = []
