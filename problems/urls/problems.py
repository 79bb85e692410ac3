from django.urls import path

from problems.views import problems as v

urlpatterns = [
    path("", v.problem_list, name="list"),
    path("new/", v.new_problem, name="new"),
    path("measures/<str:public_id>/done/", v.measure_done, name="measure-done"),
    path("<str:public_id>/", v.problem, name="problem"),
    path("<str:public_id>/analyse/", v.analyse, name="analyse"),
    path("<str:public_id>/measure/", v.new_measure, name="measure"),
    path("<str:public_id>/track/", v.track, name="track"),
    path("<str:public_id>/solve/", v.solve, name="solve"),
    path("<str:public_id>/drop/", v.drop, name="drop"),
    path("<str:public_id>/again/", v.again, name="again"),
    path("<str:public_id>/agenda/", v.on_agenda, name="agenda"),
    path("<str:public_id>/files/", v.files, name="problem-files"),
]
