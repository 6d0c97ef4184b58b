from django.urls import path

from apps.risks import views

app_name = "risks"
IN = "projects/<uuid:project_id>/risks/"
ONE = f"{IN}<uuid:risk_id>/"
urlpatterns = [
    path(IN, views.risk_list, name="list"),
    path(f"{IN}raise/", views.risk_raise, name="raise"),
    path(f"{IN}catalog/", views.catalog_show, name="catalog"),
    path(f"{IN}catalog/add/", views.catalog_add, name="catalog_add"),
    path(ONE, views.risk_detail, name="detail"),
    path(f"{ONE}edit/", views.risk_edit, name="edit"),
    path(f"{ONE}close/", views.risk_close, name="close"),
    path(f"{ONE}reopen/", views.risk_reopen, name="reopen"),
]
