from django.urls import path

from apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("enter/<str:token>/", views.link_enter, name="enter"),
    path("set-up/<str:token>/", views.link_set_up, name="set_up"),
    # Stands in front of the library's view of the same address.
    path("accounts/login/code/confirm/", views.code_confirm, name="code"),
    path("me/", views.profile, name="profile"),
    path("me/zone/", views.zone, name="zone"),
]
