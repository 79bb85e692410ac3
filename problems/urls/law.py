from django.urls import path

from problems.views import agreed as a
from problems.views import law as v

urlpatterns = [
    path("class-cases/", v.class_case_list, name="class-cases"),
    path("class-cases/new/", v.new_class_case, name="class-case-new"),
    path("class-cases/<str:public_id>/", v.class_case, name="class-case"),
    path("class-cases/<str:public_id>/edit/", v.edit_class_case, name="class-case-edit"),
    path(
        "class-cases/<str:public_id>/bulletin/",
        v.class_case_bulletin,
        name="class-case-bulletin",
    ),
    path("class-cases/<str:public_id>/tell/", v.tell_class_case, name="class-case-tell"),
    path("class-cases/<str:public_id>/files/", v.class_case_files, name="class-case-files"),
    path("questions/", v.question_list, name="questions"),
    path("questions/new/", v.new_question, name="question-new"),
    path("questions/<str:public_id>/", v.question, name="question"),
    path("questions/<str:public_id>/position/", v.position, name="position"),
    path("questions/<str:public_id>/settle/", v.settle_question, name="question-settle"),
    path("questions/<str:public_id>/leave/", v.leave_question, name="question-leave"),
    path("questions/<str:public_id>/agenda/", v.question_on_agenda, name="question-agenda"),
    path("questions/<str:public_id>/files/", v.question_files, name="question-files"),
    path("standards/", a.standard_list, name="standards"),
    path("standards/new/", a.new_standard, name="standard-new"),
    path("standards/<str:public_id>/", a.standard, name="standard"),
    path("standards/<str:public_id>/edit/", a.edit_standard, name="standard-edit"),
    path("standards/<str:public_id>/put/", a.put_standard, name="standard-put"),
    path("standards/<str:public_id>/answer/", a.answer_standard, name="standard-answer"),
    path("standards/<str:public_id>/back/", a.take_standard_back, name="standard-back"),
    path("standards/<str:public_id>/give-up/", a.give_standard_up, name="standard-give-up"),
    path("standards/<str:public_id>/next/", a.next_edition, name="standard-next"),
    path("standards/<str:public_id>/files/", a.standard_files, name="standard-files"),
    path("interpretations/", a.interpretation_list, name="interpretations"),
    path("interpretations/new/", a.new_interpretation, name="interpretation-new"),
    path("interpretations/<str:public_id>/", a.interpretation, name="interpretation"),
    path(
        "interpretations/<str:public_id>/edit/", a.edit_interpretation, name="interpretation-edit"
    ),
    path("interpretations/<str:public_id>/put/", a.put_interpretation, name="interpretation-put"),
    path(
        "interpretations/<str:public_id>/answer/",
        a.answer_interpretation,
        name="interpretation-answer",
    ),
    path(
        "interpretations/<str:public_id>/back/",
        a.take_interpretation_back,
        name="interpretation-back",
    ),
    path(
        "interpretations/<str:public_id>/give-up/",
        a.give_interpretation_up,
        name="interpretation-give-up",
    ),
    path(
        "interpretations/<str:public_id>/files/",
        a.interpretation_files,
        name="interpretation-files",
    ),
]
