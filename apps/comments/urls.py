from django.urls import path

from apps.comments import views

app_name = "comments"
urlpatterns = [
    path("projects/<uuid:project_id>/comments/", views.comment_list, name="list"),
    path("projects/<uuid:project_id>/comments/add/", views.comment_add, name="add"),
    path("projects/<uuid:project_id>/comments/<uuid:thread_id>/reply/", views.comment_reply, name="reply"),
    path("projects/<uuid:project_id>/comments/<uuid:thread_id>/resolve/", views.thread_resolve, name="resolve"),
    path("projects/<uuid:project_id>/comments/<uuid:thread_id>/reopen/", views.thread_reopen, name="reopen"),
]
