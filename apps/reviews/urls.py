from django.urls import path

from apps.reviews import views

app_name = "reviews"
REVIEWS = "projects/<uuid:project_id>/reviews/"
ROUND = f"{REVIEWS}<uuid:round_id>/"

urlpatterns = [
    path(REVIEWS, views.round_list, name="list"),
    path(f"{REVIEWS}new/", views.round_open, name="open"),
    path(ROUND, views.round_show, name="show"),
    path(f"{ROUND}nudge/", views.round_nudge, name="nudge"),
    path(f"{ROUND}due/", views.round_move, name="move"),
    path(f"{ROUND}close/", views.round_close, name="close"),
    path(f"{ROUND}requests/<uuid:request_id>/resend/", views.request_resend, name="resend"),
    path(f"{ROUND}answer/", views.answer_write, name="answer"),
    path(f"{ROUND}answer/opened/", views.answer_opened, name="opened"),
    path(f"{ROUND}answer/<slug:section>/", views.answer_save, name="save"),
]
