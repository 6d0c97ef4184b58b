from django.urls import path

from apps.architecture import views

app_name = "architecture"
HERE = "projects/<uuid:project_id>/architecture/"
COMPONENT = HERE + "components/<uuid:component_id>/"
FLOW = HERE + "flows/<uuid:flow_id>/"

urlpatterns = [
    path(HERE, views.diagram_show, name="show"),
    path(HERE + "part/", views.part_show, name="part"),
    path(HERE + "mermaid/", views.mermaid_show, name="mermaid"),
    path(HERE + "sources/draw/", views.sources_draw, name="draw_sources"),
    path(HERE + "usual/draw/", views.usual_draw, name="draw_usual"),
    path(HERE + "components/add/", views.component_add, name="add_component"),
    path(COMPONENT + "change/", views.component_change, name="change_component"),
    path(COMPONENT + "move/", views.component_move, name="move_component"),
    path(COMPONENT + "remove/", views.component_remove, name="remove_component"),
    path(HERE + "flows/add/", views.flow_add, name="add_flow"),
    path(FLOW + "change/", views.flow_change, name="change_flow"),
    path(FLOW + "remove/", views.flow_remove, name="remove_flow"),
]
