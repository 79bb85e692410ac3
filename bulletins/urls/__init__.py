from bulletins.urls import library

app_name = "bulletins"
# Each part adds its line; the widest pattern is asked last.
urlpatterns = [*library.urlpatterns]
