from django.urls import path

from apps.workshops.views import (
    agenda,
    board,
    console,
    entries,
    hosting,
    identity,
    items,
    join,
    outcomes,
    plan,
    recap,
    room,
    sheets,
)

app_name = "workshops"

PROJECT = "projects/<uuid:project_id>/workshops/"
ONE = PROJECT + "<uuid:workshop_id>/"
ACTIVITY = ONE + "activities/<uuid:activity_id>/"
GROUP = ONE + "groups/<uuid:group_id>/"
ITEM = ONE + "items/<uuid:item_id>/"
CARD = ONE + "cards/<uuid:card_id>/"
ROOM = "room/<uuid:workshop_id>/"

urlpatterns = [
    # before
    path(PROJECT, plan.workshop_list, name="list"),
    path(PROJECT + "new/", plan.workshop_create, name="create"),
    path(ONE, agenda.workshop_plan, name="plan"),
    path(ONE + "plan/side/", agenda.side_plan, name="plan_side"),
    path(ONE + "change/", plan.workshop_change, name="change"),
    path(ONE + "agenda/shorten/", agenda.agenda_shorten, name="shorten_agenda"),
    path(ONE + "agenda/keep/", agenda.overrun_keep, name="keep_overrun"),
    path(ONE + "agenda/use/", agenda.agenda_use, name="use_agenda"),
    path(ONE + "agenda/save/", agenda.agenda_save, name="save_agenda"),
    path(ONE + "agenda/writing/", agenda.writing_add, name="add_writing"),
    path(ONE + "templates/<uuid:template_id>/rename/", agenda.agenda_rename, name="rename_agenda"),
    path(ONE + "templates/<uuid:template_id>/delete/", agenda.agenda_delete, name="delete_agenda"),
    path(ONE + "activities/add/", agenda.activity_add, name="add_activity"),
    path(ACTIVITY + "change/", agenda.activity_change, name="change_activity"),
    path(ACTIVITY + "shift/", agenda.activity_shift, name="shift_activity"),
    path(ACTIVITY + "skip/", agenda.activity_skip, name="skip_activity"),
    path(ACTIVITY + "repeat/", agenda.activity_repeat, name="repeat_activity"),
    path(ACTIVITY + "remove/", agenda.activity_remove, name="remove_activity"),
    # driving
    path(ONE + "open/", console.room_open, name="open"),
    path(ONE + "console/", console.console_show, name="console"),
    path(ONE + "console/rail/", console.rail_show, name="rail"),
    path(ONE + "console/side/", console.side_show, name="side"),
    path(ONE + "start/", console.workshop_start, name="start"),
    path(ONE + "move/", console.room_move, name="move"),
    path(ONE + "end/", console.workshop_end, name="end"),
    path(ONE + "time/", console.time_add, name="add_time"),
    path(ONE + "pause/", console.clock_pause, name="pause"),
    path(ONE + "resume/", console.clock_resume, name="resume"),
    path(ONE + "bring/", console.everyone_bring, name="bring"),
    path(ONE + "here/", hosting.host_here, name="host_here"),
    path(ONE + "lock/", hosting.room_lock, name="lock"),
    path(ONE + "takeover/", hosting.host_take_over, name="take_over"),
    path(ONE + "preview/", hosting.preview_show, name="preview"),
    path(ONE + "seats/<uuid:seat_id>/host/", hosting.seat_host, name="host_seat"),
    path(ONE + "seats/<uuid:seat_id>/rename/", hosting.seat_rename, name="rename_seat"),
    path(ONE + "seats/<uuid:seat_id>/remove/", console.seat_remove, name="remove_seat"),
    path(ONE + "present/", console.present_show, name="present"),
    # the table
    path(ACTIVITY + "items/add/", items.item_add, name="add_item"),
    path(ITEM + "change/", items.item_change, name="change_item"),
    path(ITEM + "remove/", items.item_remove, name="remove_item"),
    path(ACTIVITY + "map/add/", entries.host_entry_add, name="add_entry_as_host"),
    path(ACTIVITY + "map/take/", entries.entries_take, name="take_entries"),
    path(ITEM + "entry/", entries.host_entry_change, name="change_entry_as_host"),
    path(ITEM + "statement/", sheets.statement_say, name="say_statement"),
    path(ITEM + "keep/", sheets.statement_keep, name="keep_statement"),
    path(ITEM + "sheet/", sheets.sheet_fill, name="fill_sheet"),
    path(ITEM + "take/", sheets.sheet_take, name="take_sheet"),
    path(ACTIVITY + "groups/add/", board.group_create, name="create_group"),
    path(GROUP + "rename/", board.group_rename, name="rename_group"),
    path(GROUP + "dissolve/", board.group_dissolve, name="dissolve_group"),
    path(CARD + "move/", board.card_move, name="move_card"),
    path(CARD + "park/", board.card_park, name="park_card"),
    path(CARD + "unpark/", board.card_unpark, name="unpark_card"),
    path(CARD + "make/<str:kind>/", outcomes.card_become, name="make"),
    path(CARD + "leave/", outcomes.card_leave, name="leave_card"),
    path(GROUP + "make/<str:kind>/", outcomes.group_become, name="make_of_group"),
    path(ONE + "place/", outcomes.cards_place, name="place"),
    # after
    path(ONE + "recap/", recap.recap_show, name="recap"),
    path(ONE + "recap/markdown/", recap.recap_markdown, name="recap_markdown"),
    path(ONE + "recap/csv/", recap.recap_csv, name="recap_csv"),
    path(ONE + "seats/<uuid:seat_id>/address/", identity.address_note, name="note_address"),
    path(ONE + "seats/<uuid:seat_id>/invite/", identity.guest_invite, name="invite_guest"),
    path(ONE + "seats/<uuid:seat_id>/claim/", identity.seat_claim, name="claim_seat"),
    path(ONE + "recap/send/", recap.recap_send, name="send_recap"),
    # coming in
    path("join/", join.code_enter, name="join"),
    path("join/<str:code>/", join.join_by_code, name="join_code"),
    path("join/<str:code>/<str:token>/", join.join_by_link, name="join_link"),
    # being there
    path(ROOM, room.room_show, name="room"),
    path(ROOM + "here/", room.seat_here, name="here"),
    path(ROOM + "ready/", room.seat_ready, name="ready"),
    path(ROOM + "look/", room.seat_look, name="look"),
    path(ROOM + "address/", room.seat_address, name="address"),
    path(ROOM + "cards/add/", room.card_add, name="add_card"),
    path(ROOM + "cards/<uuid:card_id>/change/", room.card_change, name="change_card"),
    path(ROOM + "cards/<uuid:card_id>/delete/", room.card_delete, name="delete_card"),
    path(ROOM + "answer/", room.answer_give, name="give_answer"),
    path(ROOM + "map/<uuid:activity_id>/add/", entries.entry_add, name="add_entry"),
    path(ROOM + "entries/<uuid:item_id>/change/", entries.entry_change, name="change_entry"),
    path(ROOM + "dots/", room.dots_place, name="place_dots"),
    path(ROOM + "parking/add/", room.parking_add, name="add_parking"),
]
