from django.urls import path

from workplans.views import acts, tasks

urlpatterns = [
    path("reports/", tasks.terms, name="terms"),
    path("reports/<str:public_id>/", tasks.term, name="term"),
    path("reports/<str:public_id>/report", tasks.report, name="report"),
    path("reports/<str:public_id>/urge", acts.supervise, name="urge"),
    path("sent/<str:public_id>/accept", acts.accept, name="accept"),
    path("sent/<str:public_id>/return", acts.send_back, name="return"),
    path("units/<str:public_id>/", tasks.unit, name="unit"),
    path("tasks/<str:public_id>/", tasks.task, name="task"),
    path("tasks/<str:public_id>/split", acts.split, name="split"),
    path("tasks/<str:public_id>/due", acts.change_due, name="change-due"),
    path("tasks/<str:public_id>/close", acts.close_task, name="close-task"),
]
