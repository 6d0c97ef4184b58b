from django.urls import path

from apps.projects import views

app_name = "projects"
IN = "projects/<uuid:project_id>/"
ONE = f"{IN}objectives/<uuid:objective_id>/"
urlpatterns = [
    path(f"{IN}frame/", views.frame, name="frame"),
    path(f"{IN}frame/part/", views.frame_part, name="frame_part"),
    path(f"{IN}frame/edit/", views.frame_edit, name="frame_edit"),
    path(f"{IN}objectives/", views.objectives, name="objectives"),
    path(f"{IN}objectives/add/", views.objective_add, name="objective_add"),
    path(f"{IN}objectives/undo/<uuid:batch>/", views.objectives_undo, name="objectives_undo"),
    path(f"{ONE}edit/", views.objective_edit, name="objective_edit"),
    path(f"{ONE}remove/", views.objective_remove, name="objective_remove"),
    path(f"{ONE}move/", views.objective_move, name="objective_move"),
    path(f"{IN}sample/remove/", views.sample_remove, name="sample_remove"),
]
