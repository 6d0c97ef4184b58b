from django.urls import path

from apps.signoffs import views

app_name = "signoffs"
_baseline = "projects/<uuid:project_id>/baselines/<int:number>/sign-off/"
urlpatterns = [
    path("projects/<uuid:project_id>/sign-off/", views.signoff_latest, name="latest"),
    path(_baseline, views.signoff_show, name="show"),
    path(f"{_baseline}ask/", views.signers_ask, name="ask"),
    path(f"{_baseline}code/", views.code_send, name="code"),
    path(f"{_baseline}sign/", views.baseline_sign, name="sign"),
    path(f"{_baseline}decline/", views.baseline_decline, name="decline"),
    path(f"{_baseline}requests/<uuid:request_id>/withdraw/", views.request_withdraw, name="withdraw"),
    path(f"{_baseline}requests/<uuid:request_id>/resend/", views.request_resend, name="resend"),
]
