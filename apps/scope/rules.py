"""What a careful reviewer sees only by looking across sections. Each rule is one function over the draft.

A rule gives the things that it applies to, or nothing. Rules about one section alone live with the app that owns the
section; guidance is in `guidance`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.projects import rules
from apps.projects.enums import Level
from apps.scope.draft import Draft, Hit, Row

Applies = Callable[[Draft], Iterable[Hit]]
TO_SETTLE = re.compile(r"\b(?:TBD|TBC|TODO|FIXME|to be (?:decided|determined|confirmed|defined))\b|\?{3,}|\blorem\b", re.IGNORECASE)  # fmt: skip
CONTRACT = re.compile(r"\bcontracts?\b|\bvendors?\b|\bsuppliers?\b", re.IGNORECASE)
MOST_NAMES = 3
SHORTEST_BOX = 3


@dataclass(frozen=True)
class Rule(rules.Rule):
    """`instead` are rules of one section that this one speaks for, where both lead to the same field."""

    applies: Applies
    instead: tuple[str, ...] = ()


def _open_comments(draft: Draft) -> list[Hit]:
    return [Hit(str(sum(draft.open_threads.values())), "comments")] if draft.open_threads else []


def _unread(draft: Draft) -> list[Hit]:
    written = [key for key, content in draft.sections.items() if str(content.get("text") or "").strip()]
    names = [str(draft.sections[key].get("title") or key) for key in written if not draft.readers.get(key)]
    first = next((key for key in written if not draft.readers.get(key)), "")
    return [Hit(", ".join(names), "document", field=first)] if names else []


def _orphan_risks(draft: Draft) -> list[Hit]:
    more = len(draft.loose_risks) - MOST_NAMES
    names = [*draft.loose_risks[:MOST_NAMES], *([_("%(n)s more") % {"n": more}] if more > 0 else [])]
    return [Hit(", ".join(names), "tracing", field="orphans")] if names else []


def _approved_earlier(draft: Draft) -> list[Hit]:
    return [Hit(f"{name}: {', '.join(titles)}", "reviews") for name, titles in draft.outdated.items()]


def _objective_without_metric(draft: Draft) -> list[Hit]:
    served = {str(row.get("objective", "")) for row in draft.metrics}
    bare = [row["title"] for row in draft.objectives if row["title"] not in served] if draft.metrics else []
    return [Hit(title, "metrics") for title in bare]


def _has_personal(draft: Draft) -> bool:
    return any(row.get("personal") or row.get("special") for row in draft.sources)


def _personal_and_no_officer(draft: Draft) -> list[Hit]:
    return [Hit(kind="seat", row="legal")] if _has_personal(draft) and "legal" in draft.empty_seats else []


def _personal_flow_without_source(draft: Draft) -> list[Hit]:
    drawn = any(one.get("personal") for one in (*draft.flows, *draft.components))
    return [Hit(kind="data_sources")] if drawn and draft.sources and not _has_personal(draft) else []


def _triage_says_otherwise(draft: Draft) -> list[Hit]:
    """Personal data stand in the scope, and the triage was answered without any."""
    if not draft.triage.get("tier") or draft.triage.get("criteria"):
        return []
    return [Hit(row["name"], "triage", field="id_personal") for row in draft.sources if row.get("personal")]


def _no_assessment(draft: Draft, need: str) -> list[Hit]:
    named = re.compile(r"impact assessment|\bdpia\b", re.IGNORECASE)
    there = any(
        named.search(str(row.get("name", ""))) or "GDPR 35" in str(row.get("came_from", ""))
        for row in draft.deliverables
    )
    return [Hit()] if draft.triage.get("need") == need and not there else []


def _assessment_due(draft: Draft) -> list[Hit]:
    return _no_assessment(draft, "due")


def _assessment_likely(draft: Draft) -> list[Hit]:
    return _no_assessment(draft, "likely")


def _duty_without_owner(draft: Draft) -> list[Hit]:
    """What was taken over from the triage and belongs to nobody."""
    return [
        Hit.at(kind, row, "owner")
        for kind, row in draft.things()
        if str(row.get("came_from", "")).startswith("Triage") and not row.get("owner")
    ]


def _vendor_without_contract(draft: Draft) -> list[Hit]:
    if any(_is_contract(row) for row in draft.dependencies):
        return []
    return [Hit(one["name"], "dependencies") for one in draft.components if one["zone"] == "vendor"]


def _is_contract(row: Row) -> bool:
    """By its kind; by its name, while nobody has said the kind."""
    return bool(row["kind"] == "vendor" if row.get("kind") else CONTRACT.search(row["name"]))


def _source_not_drawn(draft: Draft) -> list[Hit]:
    missing = [
        row for row in draft.sources if not any(_same_thing(row["name"], one["name"]) for one in draft.components)
    ]
    return [Hit(row["name"], "diagram", field="add_name") for row in missing] if draft.components else []


def _same_thing(source: str, box: str) -> bool:
    """“Sent replies” is “Sent replies 2023–2026”, and the other way round."""
    source, box = source.casefold(), box.casefold()
    return source in box or (len(box) > SHORTEST_BOX and box in source)


def _due_before_anything(draft: Draft) -> list[Hit]:
    """An objective that is to be met before the first thing is handed over."""
    days = [row["due"] for row in draft.deliverables if row.get("due")]
    early = [row for row in draft.objectives if days and row.get("due") and row["due"] < min(days)]
    return [Hit.at("objective", row, "due") for row in early]


def _needed_after_delivery(draft: Draft) -> list[Hit]:
    days = [row["due"] for row in draft.deliverables if row.get("due")]
    late = [row for row in draft.dependencies if days and row.get("needed_by") and row["needed_by"] > max(days)]
    return [Hit.at("dependencies", row, "needed_by") for row in late]


def _access_after_the_start(draft: Draft) -> list[Hit]:
    """A source that is used from the start, and readable only after the first step has begun."""
    starts = [row["start"] for row in draft.steps if row.get("start")]
    awaited = [row for row in draft.sources if row.get("used") == "from the start" and row.get("access") != "granted"]
    late = [row for row in awaited if starts and str(row.get("access_by") or "") > min(starts)]
    return [Hit.at("data_sources", row, "access_by") for row in late]


def _nobody_watches(draft: Draft, kind: str) -> list[Hit]:
    there = any(row.get("kind") == kind for row in draft.signals)
    return [Hit(kind="monitoring")] if draft.signals and not there else []


def _quality_unwatched(draft: Draft) -> list[Hit]:
    return _nobody_watches(draft, "quality")


def _cost_unwatched(draft: Draft) -> list[Hit]:
    return _nobody_watches(draft, "cost")


def _change_unwatched(draft: Draft) -> list[Hit]:
    return _nobody_watches(draft, "change")


def _change_untriggered(draft: Draft) -> list[Hit]:
    if not draft.signals or any(row.get("change_when") for row in draft.signals):
        return []
    fitting = next((row for row in draft.signals if row.get("kind") == "quality"), draft.signals[0])
    return [Hit.at("monitoring", fitting, "change_when")]


def _feedback_unheard(draft: Draft) -> list[Hit]:
    return _nobody_watches(draft, "feedback")


def _nothing_against(draft: Draft, area: str) -> list[Hit]:
    there = any(row.get("area") == area for row in draft.safeguards)
    return [Hit(kind="safeguards")] if draft.safeguards and not there else []


def _acts_without_oversight(draft: Draft) -> list[Hit]:
    acts = draft.frame.get("autonomy") in ("approved", "alone")
    return _nothing_against(draft, "oversight") if acts else []


def _machine_unsaid(draft: Draft) -> list[Hit]:
    return _nothing_against(draft, "transparency") if draft.triage.get("tier") == "transparency" else []


def _to_settle(draft: Draft) -> list[Hit]:
    """Rows that still say TBD; objectives have a rule of their own."""
    found = []
    for kind, row in draft.things():
        field = next((key for key, value in row.items() if isinstance(value, str) and TO_SETTLE.search(value)), "")
        if field and kind != "objective":
            found.append(Hit.at(kind, row, field))
    return found


def _one_person_for_all(draft: Draft) -> list[Hit]:
    rows = [*draft.objectives, *draft.risks, *draft.dependencies]
    owners = [str(row["owner"]) for row in rows if row.get("owner")]
    return [Hit(owners[0])] if len(owners) >= 6 and len(set(owners)) == 1 else []


def _owner_not_at_the_table(draft: Draft) -> list[Hit]:
    names = {str(person.get("name", "")).casefold() for person in draft.people}
    # A first name will do; whom it means is seen on the page.
    names |= {name.split()[0] for name in names if name.split()}
    owned = {
        str(row["owner"]): str(row.get("title") or row.get("name", ""))
        for _kind, row in draft.things()
        if row.get("owner")
    }
    strangers = sorted(name for name in owned if name.casefold() not in names) if names else []
    return [Hit(_("%(name)s answers for “%(thing)s”") % {"name": name, "thing": owned[name]}) for name in strangers]


RULES = rules.declare(
    Rule("across.comments", Level.WARNING, "purpose", _("Open comments: %(name)s."), _("What is signed should not be under discussion: answer or resolve them."), _open_comments),
    Rule("across.unread", Level.HINT, "purpose", _("Nobody but the owner has read this as it is: %(name)s."), _("A second pair of eyes finds what the first one wrote past."), _unread),
    Rule("across.objective_too_early", Level.WARNING, "objectives", _("“%(name)s” is to be met before anything is handed over."), _("Move the day, or hand something over earlier."), _due_before_anything),
    Rule("across.no_officer", Level.WARNING, "people", _("Personal data are used and nobody from legal is at the table."), _("The data protection officer has to be asked in time, not told."), _personal_and_no_officer, instead=("people.no_legal",)),
    Rule("across.approved_earlier", Level.WARNING, "people", _("Changed since it was approved. %(name)s."), _("A yes to an earlier text is none to this one: ask again, or let them approve by signing."), _approved_earlier),
    Rule("across.one_owner", Level.HINT, "people", _("%(name)s owns everything."), _("One person on holiday, and nothing moves."), _one_person_for_all),
    Rule("across.owner_unknown", Level.HINT, "people", _("%(name)s and is not in the register."), _("Then nobody invited them to read or to sign."), _owner_not_at_the_table),
    Rule("across.access_too_late", Level.WARNING, "data", _("“%(name)s” can be read only after the first step has begun."), _("Ask for it earlier, or begin with what is there."), _access_after_the_start),
    Rule("across.flow_without_source", Level.WARNING, "data", _("The diagram carries personal data, and no source has any."), _("One of the two is wrong, and the legal basis hangs on it."), _personal_flow_without_source),
    Rule("across.source_not_drawn", Level.HINT, "architecture", _("“%(name)s” is not in the diagram."), _("A source that is not drawn has no way into the product."), _source_not_drawn),
    Rule("across.vendor_without_contract", Level.HINT, "dependencies", _("“%(name)s” stands at a vendor’s and no contract is among the dependencies."), _("Region, sub-processors and notice of retirement are settled there."), _vendor_without_contract),
    Rule("across.dependency_too_late", Level.WARNING, "dependencies", _("“%(name)s” is needed after the last deliverable."), _("Then nobody waits for it; check the day."), _needed_after_delivery),
    Rule("across.objective_unmeasured", Level.HINT, "metrics", _("No evaluation metric serves “%(name)s”."), _("Say which measurement tells before launch that the objective can be met."), _objective_without_metric),
    Rule("across.quality_unwatched", Level.WARNING, "monitoring", _("Nothing watches the quality of answers in production."), _("Models, data and questions drift; users notice last and leave quietly."), _quality_unwatched),
    Rule("across.cost_unwatched", Level.HINT, "monitoring", _("Nothing watches what it costs."), _("One loop or one long thread can triple a bill overnight."), _cost_unwatched),
    Rule("across.change_unwatched", Level.WARNING, "monitoring", _("Nothing watches a change of model or prompt."), _("Pin the version, and run the evaluation set before a new one answers anybody."), _change_unwatched),
    Rule("across.change_untriggered", Level.HINT, "monitoring", _("No signal says when prompt or model has to change."), _("Agreed beforehand it is a rule; in a bad week it is an argument, and a model is swapped in a hurry."), _change_untriggered),
    Rule("across.feedback_unheard", Level.HINT, "monitoring", _("Nothing brings back what users say."), _("A thumb and one line of words are cheap, and the best new cases for the evaluation set."), _feedback_unheard),
    Rule("across.orphan_risks", Level.HINT, "risks", _("Tied to nothing: %(name)s."), _("A risk that threatens no objective, source or component is either misplaced or not understood yet."), _orphan_risks),
    Rule("across.triage_contradicted", Level.BLOCKER, "responsible", _("“%(name)s” holds personal data; the triage says there are none."), _("One of the two is wrong, and the law follows from the triage."), _triage_says_otherwise),
    Rule("across.assessment_missing", Level.BLOCKER, "deliverables", _("An impact assessment is due and nobody has planned it."), _("Article 35 GDPR wants it before the first real data."), _assessment_due),
    Rule("across.assessment_likely", Level.WARNING, "deliverables", _("An impact assessment is very likely due and nobody has planned it."), _("Two of the nine criteria are met. Plan it, or write down why none is needed."), _assessment_likely),
    Rule("across.duty_without_owner", Level.BLOCKER, "responsible", _("“%(name)s” is owed by law and has no owner."), _("What nobody owns is not done on the day it is asked for."), _duty_without_owner, instead=("L4", "P2", "S1")),
    Rule("across.no_oversight", Level.WARNING, "responsible", _("It may act, and no safeguard says who oversees it."), _("Name who can stop it, with how much time, before it acts for somebody."), _acts_without_oversight),
    Rule("across.machine_unsaid", Level.WARNING, "responsible", _("No safeguard says how people learn that it is a machine."), _("Article 50 of the EU AI Act asks for it at the latest with the first words."), _machine_unsaid),
    Rule("across.to_settle", Level.WARNING, "purpose", _("“%(name)s” still has something to be decided."), _("Whoever signs cannot tell what they agree to. Settle it, or give it to somebody."), _to_settle),
)  # fmt: skip
