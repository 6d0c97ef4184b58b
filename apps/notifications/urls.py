from django.urls import path

from apps.notifications import views

app_name = "notifications"
urlpatterns = [
    path("mailbox/", views.mailbox_list, name="mailbox"),
    path("mailbox/<str:name>/", views.mailbox_show, name="mail"),
]
