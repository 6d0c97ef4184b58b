from django.urls import path

from apps.tracing import views

app_name = "tracing"
HERE = "projects/<uuid:project_id>/tracing/"

urlpatterns = [
    path(HERE, views.tracing_show, name="show"),
    path(HERE + "tie/", views.tie_draw, name="tie"),
    path(HERE + "untie/", views.tie_cut, name="untie"),
]
