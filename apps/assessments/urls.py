from django.urls import path

from apps.assessments import views

app_name = "assessments"
HERE = "projects/<uuid:project_id>/triage/"

urlpatterns = [
    path(HERE, views.triage_show, name="triage"),
    path(HERE + "answer/", views.triage_answer, name="answer"),
    path(HERE + "decide/", views.triage_decide, name="decide"),
    path(HERE + "edition/", views.edition_take, name="edition"),
    path(HERE + "questions/add/", views.question_add, name="question_add"),
    path(HERE + "questions/<uuid:entry_id>/drop/", views.question_drop, name="question_drop"),
    path(HERE + "take/", views.duty_take, name="take"),
    path(HERE + "take-all/", views.duties_take, name="take_all"),
    path(HERE + "undo/<register:key>/<uuid:batch>/", views.duties_undo, name="undo"),
]
