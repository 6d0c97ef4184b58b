from django.urls import path

from apps.comments import views

COMMENTS = "projects/<uuid:project_id>/comments/"
THREAD = f"{COMMENTS}<uuid:thread_id>/"

app_name = "comments"
urlpatterns = [
    path(COMMENTS, views.comment_list, name="list"),
    path(f"{COMMENTS}add/", views.comment_add, name="add"),
    path(f"{COMMENTS}look/", views.comment_look, name="look"),
    path(f"{COMMENTS}people/", views.people, name="people"),
    path(THREAD, views.thread_show, name="thread"),
    path(f"{THREAD}reply/", views.comment_reply, name="reply"),
    path(f"{THREAD}resolve/", views.thread_resolve, name="resolve"),
    path(f"{THREAD}reopen/", views.thread_reopen, name="reopen"),
]
