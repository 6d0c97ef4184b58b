from django.urls import path, register_converter

from apps.registers import views
from apps.registers.declared import registers


class RegisterKey:
    """The name of a register in an address."""

    regex = "[a-z_]+"

    def to_python(self, value: str) -> str:
        if value not in {register.key for register in registers()}:
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(RegisterKey, "register")

app_name = "registers"
IN = "projects/<uuid:project_id>/registers/<register:key>/"
ONE = f"{IN}<uuid:row_id>/"
urlpatterns = [
    path(IN, views.register_list, name="list"),
    path(f"{IN}part/", views.register_part, name="part"),
    path(f"{IN}add/", views.row_add, name="add"),
    path(ONE, views.row_show, name="row"),
    path(f"{ONE}edit/", views.row_edit, name="edit"),
    path(f"{ONE}remove/", views.row_remove, name="remove"),
    path(f"{ONE}move/", views.row_move, name="move"),
]
