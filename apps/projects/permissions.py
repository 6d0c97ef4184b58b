"""Who may do what. The test is a literal table, not derived from this."""

from enum import StrEnum

from apps.projects.enums import Role


class Perm(StrEnum):
    PROJECT_READ = "PROJECT_READ"
    PROJECT_EDIT = "PROJECT_EDIT"
    PEOPLE_EDIT = "PEOPLE_EDIT"
    MEMBERS_MANAGE = "MEMBERS_MANAGE"
    SECTION_EDIT = "SECTION_EDIT"
    COMMENT_WRITE = "COMMENT_WRITE"
    RISK_EDIT = "RISK_EDIT"
    WORKSHOP_HOST = "WORKSHOP_HOST"
    WORKSHOP_JOIN = "WORKSHOP_JOIN"
    REVIEW_MANAGE = "REVIEW_MANAGE"
    REVIEW_ANSWER = "REVIEW_ANSWER"
    SIGN_MANAGE = "SIGN_MANAGE"
    SIGN = "SIGN"
    EXPORT_MAKE = "EXPORT_MAKE"


_reading = frozenset({Perm.PROJECT_READ, Perm.EXPORT_MAKE})
# Whoever is asked to sign may sign, whatever their role: being asked is checked by the action.
_taking_part = _reading | {Perm.COMMENT_WRITE, Perm.WORKSHOP_JOIN, Perm.REVIEW_ANSWER, Perm.SIGN}
_writing = _taking_part | {Perm.PROJECT_EDIT, Perm.PEOPLE_EDIT, Perm.SECTION_EDIT, Perm.RISK_EDIT}

GRANTS: dict[Role, frozenset[Perm]] = {
    Role.HOST: frozenset(Perm),
    Role.EDITOR: _writing,
    Role.REVIEWER: _taking_part,
    Role.VIEWER: _reading | {Perm.WORKSHOP_JOIN, Perm.SIGN},
}


def granted(role: str, perm: Perm) -> bool:
    return perm in GRANTS[Role(role)]
