from django.urls import path

from apps.exports import views

app_name = "exports"
_baseline = "projects/<uuid:project_id>/baselines/<int:number>/export/"
urlpatterns = [
    path(_baseline, views.export_show, name="show"),
    path(f"{_baseline}make/", views.export_make, name="make"),
    path(f"{_baseline}data/", views.export_data, name="data"),
    path("projects/<uuid:project_id>/exports/<uuid:export_id>/download/", views.export_download, name="download"),
    path("projects/<uuid:project_id>/workshops/<uuid:workshop_id>/recap/pdf/", views.minutes_pdf, name="minutes"),
    path("verify/", views.file_verify, name="verify"),
]
