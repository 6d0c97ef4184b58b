from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import VersionField
from apps.projects.enums import Role
from apps.stakeholders import roles
from apps.stakeholders.models import Stakeholder

STEPS = [(1, _("1, hardly any")), (2, "2"), (3, _("3, some")), (4, "4"), (5, _("5, a great deal"))]


def _seats() -> list[tuple[str, Any]]:
    return [("", _("Another role")), *((seat.key, seat.title) for seat in roles.seats())]


def _zones() -> list[tuple[str, Any]]:
    return [("", _("As the project")), *((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()))]


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"data-focus": ""}))
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    role = forms.ChoiceField(label=_("Seat at the table"), choices=_seats, required=False)
    own_role = forms.CharField(label=_("Role in your words"), max_length=120, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=120, required=False)
    influence = forms.TypedChoiceField(label=_("Influence"), choices=STEPS, coerce=int, initial=3)
    interest = forms.TypedChoiceField(label=_("Interest"), choices=STEPS, coerce=int, initial=3)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones, required=False)
    remarks = forms.CharField(
        label=_("Remarks"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2, "data-grow": ""})
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PersonEditForm(PersonForm):
    version = VersionField()

    @staticmethod
    def of(person: Stakeholder, posted: Any) -> "PersonEditForm":
        """The form with what the row holds, or with what was posted."""
        initial = {name: getattr(person, name) for name in PersonEditForm.base_fields}
        return PersonEditForm(posted, initial=initial, auto_id=f"id_{person.pk}_%s")


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class NewcomerForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))


class InviteForm(forms.Form):
    """One row a person: a tick, and the role they get. Cleans to `chosen`, pairs of person and role."""

    def __init__(self, posted: Any, *, people: Iterable[Stakeholder]) -> None:
        super().__init__(posted)
        self.people = list(people)
        for person in self.people:
            seat = roles.seat(person.role)
            self.fields[f"invite-{person.pk}"] = forms.BooleanField(required=False, initial=True, label=person.name)
            self.fields[f"role-{person.pk}"] = forms.ChoiceField(
                label=_("Role"),
                choices=Role.choices,
                initial=seat.membership if seat else Role.REVIEWER,
                required=False,
            )

    def rows(self) -> list[tuple[Stakeholder, Any, Any]]:
        """Person, tick and role, as the page shows them."""
        return [(person, self[f"invite-{person.pk}"], self[f"role-{person.pk}"]) for person in self.people]

    @property
    def count(self) -> int:
        return sum(bool(tick.value()) for _person, tick, _role in self.rows())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        chosen = [
            (person, found.get(f"role-{person.pk}") or Role.REVIEWER)
            for person in self.people
            if found.get(f"invite-{person.pk}")
        ]
        if not chosen and not self.errors:
            raise forms.ValidationError(_("Choose at least one person."))
        return {"chosen": chosen}
