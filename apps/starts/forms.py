from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField, VersionField
from apps.projects.models import Project
from apps.starts.enums import Days, Way
from apps.starts.models import ProjectTemplate
from apps.starts.queries import Offer


class TitleForm(forms.Form):
    title = forms.CharField(
        label=_("What is it called?"), max_length=120, help_text=_("A few words people will say aloud.")
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)


class NewForm(TitleForm):
    """Four ways. `more` is the template or the project that the next page chooses from, None when there is no need."""

    more: ProjectTemplate | Project | None = None

    way = forms.ChoiceField(label=_("Begin with"), choices=Way.choices, initial=Way.EMPTY, widget=forms.RadioSelect)
    template = forms.ModelChoiceField(queryset=ProjectTemplate.objects.none(), label=_("Which template?"))
    source = forms.ModelChoiceField(queryset=Project.objects.none(), label=_("Which project?"))

    def __init__(self, *args: Any, templates: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for way, name, found in ((Way.TEMPLATE, "template", templates), (Way.COPY, "source", sources)):
            field: Any = self.fields[name]
            field.queryset, field.required = found, not self.is_bound or self.data.get("way") == way
            field.error_messages["required"] = _("Choose one.")
            if not found:
                ways: Any = self.fields["way"]
                ways.choices = [choice for choice in ways.choices if choice[0] != way]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found = {Way.TEMPLATE: cleaned.pop("template", None), Way.COPY: cleaned.pop("source", None)}
        self.more = found.get(cleaned.get("way", ""))
        return cleaned


class PiecesForm(forms.Form):
    """Which pieces, each with what it says of itself."""

    LABEL: Any = _("What comes along")

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.fields["pieces"] = forms.MultipleChoiceField(
            label=self.LABEL,
            widget=forms.CheckboxSelectMultiple,
            choices=[(offer.piece.key, offer.piece.title) for offer in offers],
            initial=[offer.piece.key for offer in offers if offer.piece.usual],
            error_messages={"required": _("Choose something that comes along.")},
        )

    @property
    def groups(self) -> list[tuple[str, list[tuple[Offer, Any]]]]:
        """The ticks with their offers, under the heading of their group."""
        found: dict[str, list[tuple[Offer, Any]]] = {}
        for offer, tick in zip(self.offers, self["pieces"], strict=True):
            found.setdefault(str(offer.piece.group), []).append((offer, tick))
        return list(found.items())


class ChooseForm(TitleForm, PiecesForm):
    """What of a template or of a project comes along, and what becomes of its days."""

    days = forms.ChoiceField(label=_("Days"), choices=Days.choices, initial=Days.CLEAR, widget=forms.RadioSelect)
    start = DayField(label=_("The new project begins on"), required=False, initial=timezone.localdate)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        moves = cleaned.pop("days", Days.CLEAR) == Days.SHIFT
        if moves and not cleaned.get("start") and "start" not in self.errors:
            self.add_error("start", _("From which day on?"))
        return {**cleaned, "start": cleaned.get("start") if moves else None}


class CopyForm(ChooseForm):
    names = forms.BooleanField(
        label=_("Keep the names of owners"), required=False, initial=True,
        help_text=_("Otherwise every owner is empty, and readiness asks for one."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = set(cleaned.get("pieces", []))
        personal = any(offer.piece.personal and offer.piece.key in chosen for offer in self.offers)
        if personal and not cleaned.get("names"):
            self.add_error("names", _("People cannot come without their names. Keep the names, or leave people out."))
        return cleaned


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name of the template"), max_length=120)
    about = forms.CharField(
        label=_("What it is for"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For whom, and what one still has to fill in."),
    )  # fmt: skip


class KeepForm(NameForm, PiecesForm):
    LABEL = _("What goes into it")


class ChangeTemplateForm(NameForm):
    version = VersionField()

    @classmethod
    def of(cls, data: Any, template: ProjectTemplate) -> "ChangeTemplateForm":
        return cls(data, initial={name: getattr(template, name) for name in cls.base_fields})
