from django.urls import path

from apps.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("needs/count/", views.needs_count, name="needs_count"),
    path("projects/menu/", views.menu, name="menu"),
    path("projects/<uuid:project_id>/", views.project, name="project"),
]
