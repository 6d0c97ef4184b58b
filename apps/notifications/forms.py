from typing import Any

from django import forms

from apps.notifications import news
from apps.notifications.enums import Pace


class PacesForm(forms.Form):
    """How often mail comes, one field for each kind of news."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in news.kinds():
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.label, help_text=kind.help, choices=Pace.choices, widget=forms.RadioSelect
            )
