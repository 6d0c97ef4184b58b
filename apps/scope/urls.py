from django.urls import path

from apps.scope import views

app_name = "scope"
_project = "projects/<uuid:project_id>/"
urlpatterns = [
    path(f"{_project}readiness/", views.readiness_show, name="readiness"),
    path(f"{_project}readiness/rules/", views.readiness_rules, name="rules"),
    path(f"{_project}readiness/<str:finding>/waive/", views.finding_waive, name="waive"),
    path(f"{_project}readiness/<str:finding>/ask-again/", views.finding_ask_again, name="ask_again"),
    path(f"{_project}guidance/<slug:slug>/overrule/", views.advice_overrule, name="overrule"),
    path(f"{_project}guidance/<slug:slug>/heed/", views.advice_heed, name="heed"),
    path(f"{_project}baselines/", views.baseline_list, name="list"),
    path(f"{_project}baselines/freeze/", views.baseline_freeze, name="freeze"),
    path(f"{_project}baselines/<int:number>/", views.baseline_show, name="show"),
    path(f"{_project}baselines/<int:number>/changes/", views.baseline_changes, name="changes"),
]
