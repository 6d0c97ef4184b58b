"""What hosts send about the agenda."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from apps.core.errors import DomainError
from apps.core.forms import VersionField
from apps.workshops import agenda, blueprints, facts, shorten
from apps.workshops.agenda import MAX_DOTS, MAX_PROMPTS, Plan, PlannedPhase, Prompt
from apps.workshops.around import after_phase, ahead_phase
from apps.workshops.enums import Became, CardKind, Kind, Phase, Template
from apps.workshops.models import Activity, AgendaTemplate

LONGEST = 240


class ActivityForm(forms.Form):
    """The line of a step: words and length."""

    title = forms.CharField(label=_("Title"), max_length=120)
    note = forms.CharField(label=_("How"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST)
    version = VersionField()


class SettingsForm(forms.Form):
    """Everything one step is set up to do; what its kind does not know is not asked.

    `cleaned_data` is what `actions.change_activity` takes.
    """

    title = forms.CharField(label=_("Title"), max_length=120)
    note = forms.CharField(label=_("How"), max_length=200, required=False)
    version = VersionField()
    shown = forms.ChoiceField(
        label=_("Cards are seen"),
        choices=[("hidden", _("by nobody before you reveal them")), ("open", _("by everybody at once"))],
        required=False,
    )
    cards = forms.IntegerField(
        label=_("Cards for each person"),
        help_text=_("0: as many as they like"),
        min_value=0,
        max_value=50,
        required=False,
    )
    budget = forms.IntegerField(label=_("Dots for each person"), min_value=1, max_value=MAX_DOTS, required=False)
    per_item = forms.IntegerField(label=_("At most on one thing"), min_value=1, max_value=MAX_DOTS, required=False)
    names = forms.ChoiceField(
        label=_("Dots are shown"),
        choices=[("", _("without names, ever")), ("named", _("with who gave what"))],
        required=False,
    )
    becomes = forms.ChoiceField(
        label=_("Outcomes usually become"), choices=[("", _("anything")), *Became.choices], required=False
    )
    window = forms.IntegerField(
        label=_("Days in which absent members may answer"),
        help_text=_("0: nobody is asked afterwards"),
        min_value=0,
        max_value=30,
        required=False,
    )
    ahead = forms.BooleanField(label=_("Open for input before the meeting"), required=False)
    after = forms.BooleanField(label=_("Stays open after it"), required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.plan: Plan = activity.plan
        self.kind: str = activity.kind
        kwargs["initial"] = {**_initial(activity, self.plan), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if activity.kind == Kind.ESTIMATE:
            self.fields["names"].label = _t("Numbers are shown")
        self.phase_keys = _phase_keys(activity, self.plan)
        for key in self.phase_keys:
            self.fields[f"phase_{key}"] = _minutes(Phase(key).label)
        for place in range(_places(self.plan)):
            self.fields |= _prompt_fields(place)
        self._leave_out(activity)

    @property
    def phases(self) -> list[forms.BoundField]:
        return [self[f"phase_{key}"] for key in self.phase_keys]

    @property
    def prompts(self) -> list[dict[str, forms.BoundField]]:
        """The questions, and empty places for more."""
        return [
            {part: self[f"{part}_{place}"] for part in ("key", "ask", "kind", "anonymous")}
            for place in range(MAX_PROMPTS)
            if f"ask_{place}" in self.fields
        ]

    @property
    def limits(self) -> list[forms.BoundField]:
        return self._there("shown", "cards", "budget", "per_item", "names", "becomes", "window")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is settled for every step of this kind: who sees what, and where it goes."""
        return facts.of(self.kind)

    @property
    def around(self) -> list[forms.BoundField]:
        return self._there("ahead", "after")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            plan = agenda.read(self._plan(cleaned).as_json())
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from None
        minutes = sum(phase.minutes for phase in plan.phases)
        if not 1 <= minutes <= LONGEST:
            raise forms.ValidationError(_t("A step takes between 1 and %(most)d minutes.") % {"most": LONGEST})
        words = {name: cleaned[name] for name in ("title", "note", "version")}
        return {**words, "minutes": minutes, "plan": plan}

    def _plan(self, cleaned: dict[str, Any]) -> Plan:
        phases = [(key, cleaned[f"phase_{key}"]) for key in self.phase_keys]
        kept = tuple(PlannedPhase(key, minutes) for key, minutes in phases if minutes is not None)
        budget = cleaned.get("budget") or self.plan.budget
        per_item = cleaned.get("per_item") or min(self.plan.per_item, budget)
        if per_item > budget:
            raise forms.ValidationError(_t("At most as many dots on one thing as a person has."))
        if not kept:
            raise forms.ValidationError(_t("Give at least one part some minutes."))
        more = {**self.plan.more}
        if "shown" in self.fields:
            more |= {"open": cleaned["shown"] == "open", "cards": cleaned.get("cards") or 0}
        if "becomes" in self.fields:
            more["becomes"] = cleaned["becomes"]
        if "names" in self.fields:
            more["named"] = cleaned["names"] == "named"
        if "window" in self.fields:
            more["window"] = cleaned.get("window") or 0
        return Plan(
            prompts=tuple(self._prompts(cleaned)),
            phases=kept,
            budget=budget,
            per_item=per_item,
            ahead=bool(cleaned.get("ahead")),
            after=bool(cleaned.get("after")),
            more=more,
        )

    def _prompts(self, cleaned: dict[str, Any]) -> Iterator[Prompt]:
        """The questions that have words; a new one gets a key that none of the others has."""
        taken = {cleaned.get(f"key_{place}") for place in range(MAX_PROMPTS)}
        free = iter([f"prompt-{n}" for n in range(1, 2 * MAX_PROMPTS + 2) if f"prompt-{n}" not in taken])
        for place in range(MAX_PROMPTS):
            ask = cleaned.get(f"ask_{place}")
            if ask:
                kind = cleaned.get(f"kind_{place}") or CardKind.IDEA
                key = cleaned.get(f"key_{place}") or next(free)
                yield Prompt(key, ask, kind, bool(cleaned.get(f"anonymous_{place}")))

    def _leave_out(self, activity: Activity) -> None:
        """Fields that mean nothing for this step."""
        unknown = [] if self.plan.prompts else ["shown", "cards", "becomes"]
        # An objection to the problem is one, and hidden.
        unknown += ["shown", "cards"] if activity.kind == Kind.FRAMING and self.plan.prompts else []
        votes = Phase.VOTE in self.phase_keys
        unknown += [] if votes else ["budget", "per_item"]
        unknown += [] if votes or activity.kind == Kind.ESTIMATE else ["names"]
        unknown += [] if activity.kind == Kind.DECIDE else ["window"]
        unknown += [] if ahead_phase(activity) else ["ahead"]
        unknown += [] if after_phase(activity) else ["after"]
        for name in unknown:
            del self.fields[name]

    def _there(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]


class ShiftForm(forms.Form):
    """One place up or down, or to a place."""

    up = forms.TypedChoiceField(
        choices=[("1", "up"), ("0", "down")], coerce=lambda value: value == "1", required=False, empty_value=None
    )
    to = forms.IntegerField(min_value=1, max_value=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("up") is None and cleaned.get("to") is None:
            raise forms.ValidationError(_t("Say where to."))
        return cleaned


class SkipForm(forms.Form):
    skipped = forms.TypedChoiceField(choices=[("1", "skip"), ("0", "take in")], coerce=lambda value: value == "1")


class ShortenForm(forms.Form):
    """The ticked proposals, as they were shown."""

    cut = forms.MultipleChoiceField()

    def __init__(self, *args: Any, keys: list[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cut"]
        field.choices = [(f"{key}:{to}", to) for key in keys for to in range(1, LONGEST + 1)]
        field.error_messages["required"] = _t("Tick at least one step.")

    def clean_cut(self) -> dict[UUID, int]:
        return {UUID(key): minutes for key, minutes in shorten.as_sent(self.cleaned_data["cut"]).items()}


class KeepForm(forms.Form):
    over = forms.IntegerField(min_value=0, max_value=2000)


class UseAgendaForm(forms.Form):
    """One of the product's agendas, or one that the company saved."""

    template = forms.ChoiceField(choices=Template.choices)

    def __init__(self, *args: Any, own: list[AgendaTemplate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        field.choices = [*Template.choices, *((str(each.pk), each.name) for each in own)]


class AgendaNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)


class AddActivityForm(forms.Form):
    block = forms.ChoiceField(choices=[(name, name) for name in blueprints.ADDABLE])


def _initial(activity: Activity, plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(activity, name) for name in ("title", "note", "version")}
    found |= {f"phase_{phase.key}": phase.minutes for phase in plan.phases}
    found |= {"budget": plan.budget, "per_item": plan.per_item, "ahead": plan.ahead, "after": plan.after}
    found |= {"cards": plan.most_cards, "shown": "open" if plan.shown_at_once else "hidden", "becomes": plan.becomes}
    found |= {"window": plan.window, "names": "named" if plan.named else ""}
    for place, prompt in enumerate(plan.prompts):
        parts = {"key": prompt.key, "ask": prompt.ask, "kind": prompt.kind, "anonymous": prompt.anonymous}
        found |= {f"{part}_{place}": value for part, value in parts.items()}
    return found


def _phase_keys(activity: Activity, plan: Plan) -> list[str]:
    """The parts of the step, and those of its kind that were left out, in the order of the kind."""
    usual = [phase.key for phase in blueprints.block(activity.kind).plan.phases]
    own = [phase.key for phase in plan.phases]
    if not set(own) <= set(usual):
        return own
    return [key for key in usual if key in own or plan.prompts or key == Phase.TALK]


def _places(plan: Plan) -> int:
    """Two empty questions more than there are, for a step that asks any."""
    return min(MAX_PROMPTS, len(plan.prompts) + 2) if plan.prompts else 0


def _minutes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=LONGEST, required=False)


def _prompt_fields(place: int) -> dict[str, forms.Field]:
    return {
        f"key_{place}": forms.CharField(max_length=20, required=False, widget=forms.HiddenInput),
        f"ask_{place}": forms.CharField(label=_("Question"), max_length=200, required=False),
        f"kind_{place}": forms.ChoiceField(label=_("Cards are"), choices=CardKind.choices, required=False),
        f"anonymous_{place}": forms.BooleanField(label=_("no name, ever"), required=False),
    }
