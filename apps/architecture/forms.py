from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.architecture.enums import Lane, Zone
from apps.architecture.models import Component
from apps.architecture.queries import components_of
from apps.core.forms import KeyField, VersionField
from apps.projects.models import Project


class ComponentForm(forms.Form):
    lane = forms.ChoiceField(label=_("Lane"), choices=Lane.choices)
    name = forms.CharField(label=_("Component"), max_length=60, help_text=_("What it is for, not which product it is."))
    detail = forms.CharField(label=_("What it does"), max_length=80, required=False)
    zone = forms.ChoiceField(label=_("Stands in"), choices=Zone.choices, initial=Zone.OURS)
    personal = forms.BooleanField(label=_("Keeps personal data"), required=False)


class AddComponentForm(ComponentForm):
    key = KeyField()

    @classmethod
    def going_on(cls, **more: Any) -> "AddComponentForm":
        """The next one, ready to be typed."""
        form = cls(**more)
        form.fields["name"].widget.attrs["data-focus"] = True
        return form


class ChangeComponentForm(ComponentForm):
    version = VersionField()


class MoveForm(forms.Form):
    lane = forms.ChoiceField(choices=Lane.choices)
    place = forms.IntegerField(min_value=0, max_value=200)


class FlowForm(forms.Form):
    source = forms.ModelChoiceField(label=_("From"), queryset=Component.objects.none())
    target = forms.ModelChoiceField(label=_("To"), queryset=Component.objects.none())
    carries = forms.CharField(label=_("What travels"), max_length=80, required=False)
    personal = forms.BooleanField(label=_("Personal data travel"), required=False)

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].queryset = components_of(project)  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("choose")  # type: ignore[attr-defined]

    @classmethod
    def going_on(cls, project: Project, **more: Any) -> "FlowForm":
        """The next one, from where the last one ended."""
        form = cls(project, **more)
        form.fields["target"].widget.attrs["data-focus"] = True
        return form


class ChangeFlowForm(FlowForm):
    version = VersionField()
