from django.urls import path

from apps.results import views

app_name = "results"
HERE = "projects/<uuid:project_id>/results/"
VALUE = HERE + "values/<uuid:value_id>/"
BENEFIT = HERE + "benefits/<uuid:benefit_id>/"
urlpatterns = [
    path(HERE, views.show, name="show"),
    path(HERE + "objectives/<uuid:objective_id>/measure/", views.value_enter, name="value_enter"),
    path(VALUE + "correct/", views.value_correct, name="value_correct"),
    path(VALUE + "remove/", views.value_remove, name="value_remove"),
    path(HERE + "benefits/", views.benefits, name="benefits"),
    path(HERE + "benefits/part/", views.benefits_part, name="benefits_part"),
    path(HERE + "benefits/add/", views.benefit_add, name="benefit_add"),
    path(BENEFIT + "edit/", views.benefit_edit, name="benefit_edit"),
    path(BENEFIT + "remove/", views.benefit_remove, name="benefit_remove"),
]
