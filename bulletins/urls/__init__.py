from bulletins.urls import library, obligations

app_name = "bulletins"
# Each part adds its line; the widest pattern is asked last.
urlpatterns = [*obligations.urlpatterns, *library.urlpatterns]
