from django.urls import path

from apps.notifications import views

app_name = "notifications"
urlpatterns = [
    path("me/mail/", views.paces, name="paces"),
    path("mail/stop/<str:token>/", views.mail_stop, name="stop"),
    path("mailbox/", views.mailbox_list, name="mailbox"),
    path("mailbox/<str:name>/", views.mailbox_show, name="mail"),
]
