"""What registers add to the registries."""

from apps.comments import targets
from apps.projects import copying, measures, sections
from apps.registers import catalog, declared, facts, pieces, queries, section, slips, talk
from apps.registers.shipped import declare_all
from apps.stakeholders import calls


def register() -> None:
    declare_all()
    for key, title, order in section.OWN:
        sections.register(section.own_section(key, title, order, declared.in_section(key)[0]))
    for found in declared.registers():
        sections.attach(section.part(found))
    for piece in pieces.pieces():
        copying.register(piece)
    calls.register_facts(facts.of)
    measures.register(queries.own_measures)
    measures.register(catalog.measures)
    targets.register("row", talk.places)
    slips.register()
