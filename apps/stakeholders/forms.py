from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField, VersionField
from apps.core.zones import ZoneField, offered
from apps.projects.enums import Role
from apps.stakeholders import roles
from apps.stakeholders.enums import DOES, Answer, Letter
from apps.stakeholders.matrix import Cell, Line
from apps.stakeholders.models import Stakeholder
from apps.stakeholders.queries import Known
from apps.stakeholders.roles import Seat, is_taken

LONGEST_ROLE = 120
STEPS = [(1, _("1, hardly any")), (2, "2"), (3, _("3, some")), (4, "4"), (5, _("5, a great deal"))]


def _seats() -> list[tuple[str, Any]]:
    return [("", _("Another role")), *((seat.key, seat.title) for seat in roles.seats())]


class DaysField(forms.MultipleChoiceField):
    """Days of the week as a string of their numbers, Monday first; none ticked is the usual week."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=[(str(number + 1), name) for number, name in WEEKDAYS_ABBR.items()], **more)

    def prepare_value(self, value: Any) -> list[str]:
        return list(value or "")

    def clean(self, value: Any) -> str:
        return "".join(sorted(super().clean(value)))


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"data-focus": ""}))
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    role = forms.ChoiceField(label=_("Seat at the table"), choices=_seats, required=False)
    own_role = forms.CharField(label=_("Role in your words"), max_length=LONGEST_ROLE, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=120, required=False)
    influence = forms.TypedChoiceField(label=_("Influence"), choices=STEPS, coerce=int, initial=3)
    interest = forms.TypedChoiceField(label=_("Interest"), choices=STEPS, coerce=int, initial=3)
    time_zone = ZoneField(label=_("Time zone"), required=False, help_text=_("A city is enough."))
    days = DaysField(label=_("Works on"), required=False)
    availability = forms.CharField(
        label=_("When to reach them"),
        max_length=200,
        required=False,
        help_text=_("Half time until March; on the phone only."),
    )
    away_from = DayField(label=_("Away from"), required=False)
    away_until = DayField(label=_("Away until"), required=False)
    remarks = forms.CharField(
        label=_("Remarks"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2, "data-grow": ""})
    )

    zones = staticmethod(offered)

    def __init__(self, *args: Any, own: Iterable[Seat] = (), **more: Any) -> None:
        """`own` are the seats that the company added."""
        super().__init__(*args, **more)
        self.own = {seat.key: seat.title for seat in own}
        self.fields["role"].choices = [*_seats(), *self.own.items()]  # type: ignore[attr-defined]

    @property
    def has_times(self) -> bool:
        """Whether something stands in the fields that are folded away."""
        return any(
            self[name].value() or self[name].errors
            for name in ("days", "availability", "away_from", "away_until", "time_zone")
        )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("away_from"), found.get("away_until")
        if first and last and last < first:
            self.add_error("away_until", _("This is before the first day away."))
        if title := self.own.get(found.get("role", "")):
            said = found.get("own_role", "")
            found["role"] = ""
            found["own_role"] = said if is_taken(title, [said]) else ", ".join(filter(None, (title, said)))
            if len(found["own_role"]) > LONGEST_ROLE:
                self.add_error("own_role", _("With the name of the seat this is too long."))
        return found


class PersonEditForm(PersonForm):
    version = VersionField()

    @staticmethod
    def of(person: Stakeholder, posted: Any, own: Iterable[Seat] = ()) -> "PersonEditForm":
        """The form with what the row holds, or with what was posted."""
        initial = {name: getattr(person, name) for name in PersonEditForm.base_fields}
        return PersonEditForm(posted, own=own, initial=initial, auto_id=f"id_{person.pk}_%s")


class PlaceForm(forms.Form):
    """A place on the grid."""

    influence = forms.TypedChoiceField(choices=STEPS, coerce=int)
    interest = forms.TypedChoiceField(choices=STEPS, coerce=int)


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


class DutiesForm(forms.Form):
    """A letter for each person in one section. What the person saw travels along, hidden."""

    def __init__(self, posted: Any, *, line: Line) -> None:
        super().__init__(posted, auto_id=f"id_{line.key}_%s")
        self.line = line
        for cell in line.cells:
            self.fields[_field(cell)] = forms.ChoiceField(
                label=cell.person.name,
                choices=_letters(cell),
                required=False,
                initial=cell.letter,
                widget=forms.RadioSelect,
            )

    def rows(self) -> list[tuple[Cell, Any, str, str]]:
        """Person, field, and the name and value of what was seen."""
        return [(cell, self[_field(cell)], _seen(cell), self._was(cell)) for cell in self.line.cells]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        letters, was = {}, {}
        for cell in self.line.cells:
            if (name := _field(cell)) in found:
                letters[cell.person.pk] = found[name]
                was[cell.person.pk] = self._was(cell)
        return {"letters": letters, "was": was}

    def _was(self, cell: Cell) -> str:
        return str(self.data.get(_seen(cell), cell.letter))

    def look_again(self, now: Line) -> None:
        """After a refusal: what stands now is what this person has seen, so that saving once more is deliberate.

        Letters that they left alone follow what others have made of them.
        """
        data = {name: self.data[name] for name in self.data}
        for cell in now.cells:
            if data.get(_field(cell), "") == self._was(cell):
                data[_field(cell)] = cell.letter
            data[_seen(cell)] = cell.letter
        self.data = data


LETTERS = (
    Letter.ACCOUNTABLE, Letter.RESPONSIBLE, Letter.BOTH, Letter.APPROVES, Letter.CONSULTED, Letter.INFORMED,
)  # fmt: skip
"""In the order in which people say them."""


def _field(cell: Cell) -> str:
    return f"person-{cell.person.pk}"


def _seen(cell: Cell) -> str:
    return f"seen-{cell.person.pk}"


def _letters(cell: Cell) -> list[tuple[str, Any]]:
    """Whoever keeps the text is responsible in any case."""
    if cell.keeps:
        return [(letter.value, letter.value) for letter in LETTERS if letter in (*DOES, Letter.APPROVES)]
    return [("", "–"), *((letter.value, letter.value) for letter in LETTERS)]


class SeatForm(forms.Form):
    """A seat of the company's own."""

    title = forms.CharField(label=_("Seat"), max_length=80)
    duty = forms.CharField(label=_("What it is for"), max_length=300)
    why_empty = forms.CharField(label=_("What is missing while it is empty"), max_length=300)
    seat = forms.ChoiceField(
        label=_("Where it is wanted"),
        choices=[
            ("optional", _("where a project puts somebody there")),
            ("needed", _("in every project: empty, it is a finding")),
        ],
    )

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if "," in title:
            raise forms.ValidationError(_("Leave out commas: they part what a person is called."))
        return title


class TakeForm(forms.Form):
    """Whose proposals: of one section, or of all when none is named."""

    section = forms.SlugField(required=False)


class CallForm(forms.Form):
    """What to do about a seat that is called for; no answer takes back what was said."""

    answer = forms.ChoiceField(choices=[("", ""), *Answer.choices], required=False)
    reason = forms.CharField(label=_("Why nobody is needed"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("answer") == Answer.WAIVED and not found.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: the document records it."))
        return found


class SeatNoteForm(forms.Form):
    """`seen` is what stood there when the form was drawn."""

    words = forms.CharField(label=_("What is being done about it"), max_length=300, required=False)
    seen = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class ReuseForm(forms.Form):
    """Ticks at people of other projects. Cleans to `chosen`, people who are not here yet."""

    chosen = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Tick at least one person.")}
    )

    def __init__(self, posted: Any, *, known: Iterable[Known]) -> None:
        super().__init__(posted)
        self.people = {str(one.person.pk): one.person for one in known if not one.is_here}
        self.fields["chosen"].choices = [(key, person.name) for key, person in self.people.items()]  # type: ignore[attr-defined]

    def clean_chosen(self) -> list[Stakeholder]:
        return [self.people[key] for key in self.cleaned_data["chosen"]]
