from django.urls import path

from apps.starts import views

app_name = "starts"
urlpatterns = [
    path("projects/new/", views.new, name="new"),
    path("projects/<uuid:project_id>/copy/", views.copy, name="copy"),
    path("projects/<uuid:project_id>/template/", views.keep, name="keep"),
    path("templates/", views.templates, name="templates"),
    path("templates/<uuid:template_id>/", views.use, name="use"),
    path("templates/<uuid:template_id>/edit/", views.template_edit, name="template_edit"),
    path("templates/<uuid:template_id>/remove/", views.template_remove, name="template_remove"),
]
