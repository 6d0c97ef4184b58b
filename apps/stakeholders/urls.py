from django.urls import path

from apps.stakeholders import views

app_name = "stakeholders"
PEOPLE = "projects/<uuid:project_id>/people/"
INVITATION = f"{PEOPLE}invitations/<uuid:invitation_id>/"
MEMBERS = "projects/<uuid:project_id>/members/"

urlpatterns = [
    path(PEOPLE, views.people_list, name="list"),
    path(f"{PEOPLE}add/", views.person_add, name="add"),
    path(f"{PEOPLE}import/", views.people_import, name="import"),
    path(f"{PEOPLE}paste/", views.people_paste, name="paste"),
    path(f"{PEOPLE}reuse/", views.people_reuse, name="reuse"),
    path(f"{PEOPLE}invite/", views.people_invite, name="invite"),
    path(f"{INVITATION}resend/", views.invitation_resend, name="resend"),
    path(f"{INVITATION}withdraw/", views.invitation_withdraw, name="withdraw"),
    path(f"{PEOPLE}called/<slug:key>/", views.call_answer, name="call"),
    path(f"{PEOPLE}seats/", views.seat_list, name="seats"),
    path(f"{PEOPLE}seats/add/", views.seat_add, name="seat_add"),
    path(f"{PEOPLE}seats/<uuid:entry_id>/drop/", views.seat_drop, name="seat_drop"),
    path(f"{PEOPLE}seats/<slug:seat>/note/", views.seat_note, name="seat_note"),
    path(f"{PEOPLE}duties/", views.duty_list, name="duties"),
    path(f"{PEOPLE}duties/take/", views.duty_take, name="duties_take"),
    path(f"{PEOPLE}duties/<slug:section>/", views.duty_edit, name="duties_edit"),
    path(f"{PEOPLE}<uuid:person_id>/", views.person_show, name="show"),
    path(f"{PEOPLE}<uuid:person_id>/edit/", views.person_edit, name="edit"),
    path(f"{PEOPLE}<uuid:person_id>/place/", views.person_place, name="place"),
    path(f"{PEOPLE}<uuid:person_id>/remove/", views.person_remove, name="remove"),
    path(MEMBERS, views.member_list, name="members"),
    path(f"{MEMBERS}<uuid:membership_id>/role/", views.member_change, name="member_role"),
    path(f"{MEMBERS}<uuid:membership_id>/remove/", views.member_remove, name="member_remove"),
    path("invitations/<str:token>/", views.invitation_accept, name="accept"),
]
