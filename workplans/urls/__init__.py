from django.urls import path

from workplans.urls.issues import urlpatterns as of_issues
from workplans.urls.tasks import urlpatterns as of_tasks
from workplans.views import imports, lists
from workplans.views.acts import close_list, publish

app_name = "workplans"
# Each part adds its line; the widest pattern is asked last.
urlpatterns = [
    path("", lists.lists, name="list"),
    path("import", imports.upload, name="upload"),
    path("imports/<str:public_id>/", imports.preview, name="import"),
    path("imports/<str:public_id>/words", imports.words, name="import-words"),
    path("imports/<str:public_id>/rows/<int:place>", imports.correct, name="import-row"),
    path("imports/<str:public_id>/confirm", imports.confirm, name="import-confirm"),
    path("imports/<str:public_id>/discard", imports.discard, name="import-discard"),
    *of_issues,
    *of_tasks,
    path("<str:public_id>/", lists.detail, name="list-detail"),
    path("<str:public_id>/publish", publish, name="publish"),
    path("<str:public_id>/close", close_list, name="close"),
    path("<str:public_id>/roll", imports.roll, name="roll"),
]
