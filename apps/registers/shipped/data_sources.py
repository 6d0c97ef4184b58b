"""What the product reads and learns from, in a short form and, folded, as a whole datasheet."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers.shipped.checks import passed
from apps.tables.columns import Column, Values
from apps.tables.declared import Gate, Register, Rule
from apps.tables.enums import Kind

MORE, DATASHEET = _("More about it"), _("Datasheet")
BASES = (
    ("consent", _("consent")),
    ("contract", _("contract")),
    ("legal obligation", _("legal obligation")),
    ("public task", _("public task")),
    ("legitimate interests", _("legitimate interests")),
    ("vital interests", _("vital interests")),
    ("not personal", _("not needed, nothing personal")),
    ("open", _("to be settled")),
)
NO_BASIS = (None, "", "not personal", "open")
"""What is no basis for personal data, whether it is said or not."""
EXCEPTIONS = (
    ("explicit consent", _("explicit consent")),
    ("work and social law", _("law of work and social protection")),
    ("vital interests", _("vital interests of somebody who cannot agree")),
    ("members", _("members of a foundation, party, church or union")),
    ("made public", _("made public by the person")),
    ("legal claims", _("legal claims and courts")),
    ("public interest", _("substantial public interest, by law")),
    ("care", _("health care and social care, under secrecy")),
    ("public health", _("public health, by law")),
    ("research", _("archives, research and statistics, by law")),
    ("none needed", _("not needed: children or others who need care, nothing of Article 9")),
)
COLUMNS = (
    Column("name", _("Source"), _("What people call it."), width=5, paper=1, required=True),
    Column(
        "party", _("Whose"), _("First party is yours already; third party is bought, licensed or public."),
        Kind.CHOICE, (("first party", _("first party")), ("third party", _("third party"))), width=3,
    ),
    Column("owner", _("Owner"), _("Who answers for it and can say yes. One name."), Kind.PERSON, width=4, paper=2, required=True),
    Column("contents", _("What is in it"), _("Kinds of records and fields, languages, years."), Kind.LONG, width=6),
    Column("used", _("Used"), _("What is kept out on purpose is worth a row too."), Kind.CHOICE,
           (("from the start", _("from the start")), ("later", _("later")), ("not used", _("not used")))),
    Column("personal", _("Personal data"), _("Anything that leads to a living person, also under a number."), Kind.YES_NO, width=2, paper=3, required=True),
    Column("special", _("Special categories"), _("Health, religion, union, biometrics, children, vulnerable people."), Kind.YES_NO),
    Column("secret", _("Company secrets"), _("Prices, contracts, security: what must not reach a vendor or the wrong colleague."), Kind.YES_NO),
    Column("legal_basis", _("Legal basis"), _("GDPR, Article 6. Your data protection officer settles it."), Kind.CHOICE, BASES, width=4, paper=4, required=True),
    Column("special_basis", _("What allows special categories"), _("GDPR, Article 9(2): one of these, besides the legal basis."), Kind.CHOICE, EXCEPTIONS),
    Column(
        "access", _("Access"), _("Whether the team can read it today."), Kind.CHOICE,
        (("not asked", _("not asked")), ("asked", _("asked")), ("promised", _("promised")), ("granted", _("granted")), ("refused", _("refused"))),
        width=3, paper=5, required=True, local=True,
    ),
    Column("access_by", _("Access by"), _("When you have it, or need it."), Kind.DAY, width=3, paper=6),
    Column("volume", _("How much"), _("Records, pages, gigabytes."), width=3, group=MORE),
    Column("freshness", _("How fresh"), _("How often it changes, and how late you see it."), group=MORE),
    Column("quality", _("Quality"), _("Known gaps, stale parts, wrong labels, duplicates."), Kind.LONG, group=MORE),
    Column("consent", _("Consent and notice"), _("What people were told, and what they agreed to."), Kind.LONG, group=MORE),
    Column("licence", _("Licence"), _("What you may do with it, and for how long. For third-party sources above all."), group=MORE),
    Column("cost", _("Cost"), _("To buy, to label, to keep fresh."), group=MORE),
    Column("motivation", _("Why it was made"), _("For what purpose, by whom, paid by whom."), Kind.LONG, group=DATASHEET),
    Column("composition", _("What it is made of"), _("What one record is, how many, what is missing, who is over- and under-represented."), Kind.LONG, group=DATASHEET),
    Column("collection", _("How it was collected"), _("From whom, how, over what time, with whose knowledge."), Kind.LONG, group=DATASHEET),
    Column("preparation", _("Cleaning and labelling"), _("What was removed, pseudonymised, augmented; who labelled it, how well they agree."), Kind.LONG, group=DATASHEET),
    Column("uses", _("What it is good for"), _("What it has been used for, and what it should never be used for."), Kind.LONG, group=DATASHEET),
    Column("distribution", _("Who gets it"), _("Where copies go, in which country they lie, who may see them."), Kind.LONG, group=DATASHEET),
    Column("maintenance", _("Who keeps it"), _("Who mends errors, how long it is kept, how somebody is taken out of it."), Kind.LONG, group=DATASHEET),
)  # fmt: skip


def _is_used(values: Values) -> bool:
    return values.get("used") != "not used"


def _is_personal(values: Values) -> bool:
    return values.get("personal") is True or values.get("special") is True


def _has_access(values: Values) -> bool:
    return values.get("access") == "granted"


def no_legal_basis(values: Values, today: date) -> bool:
    """Personal data that is used, and nobody has said on what legal basis."""
    return _is_used(values) and _is_personal(values) and values.get("legal_basis") in NO_BASIS


def nothing_allows_it(values: Values, today: date) -> bool:
    """Special categories are forbidden unless one of the cases of article 9(2) GDPR is there."""
    return _is_used(values) and values.get("special") is True and not values.get("special_basis")


def nobody_owns_it(values: Values, today: date) -> bool:
    """A used source without anybody to ask."""
    return _is_used(values) and not values.get("owner")


def access_is_late(values: Values, today: date) -> bool:
    """The day on which the team should have had it is over."""
    return (
        _is_used(values) and values.get("access") not in ("granted", "refused") and passed(values, "access_by", today)
    )


def access_has_no_day(values: Values, today: date) -> bool:
    """Not there yet, and nobody has said when it will be. What was refused will not be."""
    return _is_used(values) and values.get("access") not in ("granted", "refused") and not values.get("access_by")


def access_was_refused(values: Values, today: date) -> bool:
    """The project counts on something that it will not get."""
    return _is_used(values) and values.get("access") == "refused"


def personal_is_not_said(values: Values, today: date) -> bool:
    """Nobody has said whether it leads to a person."""
    return _is_used(values) and "personal" not in values


def special_but_not_personal(values: Values, today: date) -> bool:
    """Special categories are personal data; one of the two answers is wrong."""
    return values.get("special") is True and values.get("personal") is False


def no_licence(values: Values, today: date) -> bool:
    """Somebody else's data, and nothing about what may be done with it."""
    return _is_used(values) and values.get("party") == "third party" and not values.get("licence")


def quality_is_not_said(values: Values, today: date) -> bool:
    """Used from the start, and nobody has looked at what is wrong with it."""
    return values.get("used") == "from the start" and not values.get("quality")


def is_from_the_start(values: Values) -> bool:
    return values.get("used") not in ("later", "not used")


def before_the_first_sprint(values: Values) -> list[str]:
    """The fields without which nobody can begin to work with a source."""
    wanted = {
        "owner": not values.get("owner"),
        "contents": not values.get("contents"),
        "personal": "personal" not in values,
        "legal_basis": _is_personal(values) and values.get("legal_basis") in NO_BASIS,
        "special_basis": values.get("special") is True and not values.get("special_basis"),
        "quality": not values.get("quality"),
        "licence": values.get("party") == "third party" and not values.get("licence"),
        "access": not _has_access(values),
    }
    return [key for key, is_missing in wanted.items() if is_missing]


def settles(before: Values, after: Values) -> Values:
    """What leads to nobody needs no legal basis; what comes to lead to somebody needs another one."""
    basis = after.get("legal_basis")
    if after.get("personal") is False and not _is_personal(after) and basis in (None, "", "open"):
        return {**after, "legal_basis": "not personal"}
    if _is_personal(after) and not _is_personal(before) and basis == "not personal":
        return {key: value for key, value in after.items() if key != "legal_basis"}
    return after


GATE = Gate(
    title=_("Before sprint 1"),
    about=_("What each source that is used from the start still lacks before anybody can work with it."),
    waits=is_from_the_start,
    wants=before_the_first_sprint,
)
RULES = (
    Rule("D1", Level.BLOCKER, "legal_basis", _("“%(name)s” has personal data and no legal basis"),
         _("Without one nobody may use it. Settle it with the data protection officer before it leaves its system."), no_legal_basis),
    Rule("D10", Level.BLOCKER, "special_basis", _("“%(name)s” has special categories and nothing that allows them"),
         _("They may only be used in the cases of Article 9(2) GDPR. Say which one, with the data protection officer."), nothing_allows_it),
    Rule("D2", Level.WARNING, "owner", _("“%(name)s” has no owner"), _("Nobody can say yes, or tell you what is wrong with it."), nobody_owns_it),
    Rule("D3", Level.WARNING, "access_by", _("“%(name)s”: access is late"), _("Its day has passed. The first sprint waits for it."), access_is_late),
    Rule("D4", Level.WARNING, "access_by", _("“%(name)s”: nobody has said when there is access"),
         _("Access is what takes longest, and what plans forget."), access_has_no_day),
    Rule("D5", Level.WARNING, "access", _("“%(name)s”: access was refused"), _("Do without it, or change who decides."), access_was_refused),
    Rule("D6", Level.WARNING, "personal", _("“%(name)s”: is it personal data?"), _("Everything that follows from the law hangs on this answer."), personal_is_not_said),
    Rule("D7", Level.WARNING, "personal", _("“%(name)s” has special categories and is not personal"),
         _("Special categories are personal data. One of the two answers is wrong."), special_but_not_personal),
    Rule("D8", Level.WARNING, "licence", _("“%(name)s” is somebody else’s and has no licence"), _("What may be done with it decides whether it can be used at all."), no_licence),
    Rule("D9", Level.HINT, "quality", _("“%(name)s”: what is wrong with it?"), _("Every source has gaps. Those that nobody looked for are found by users."), quality_is_not_said),
)  # fmt: skip

REGISTER = Register(
    key="data_sources",
    letter="S",
    title=_("Data sources"),
    singular=_("data source"),
    add=_("Add a source"),
    about=_("What the product reads and learns from: whose it is, what is in it, and whether you may use it."),
    section="data",
    columns=COLUMNS,
    rules=RULES,
    rests=lambda values: not _is_used(values),
    sheet=DATASHEET,
    gate=GATE,
    settles=settles,
    missing=(
        "D0",
        Level.WARNING,
        _("No data source in the table"),
        _("Every LLM project reads something. Name it, its owner and whether you may use it."),
    ),
)
