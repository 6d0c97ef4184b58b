from django.urls import path

from apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("enter/<str:token>/", views.link_enter, name="enter"),
    path("set-up/<str:token>/", views.link_set_up, name="set_up"),
    path("me/", views.profile, name="profile"),
    path("me/zone/", views.zone, name="zone"),
]
