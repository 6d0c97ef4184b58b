"""Words as search compares them, and an index of them on every table that is searched.

The tables belong to apps below; the indexes are search's own, and go with it. A new expression is a new migration.
"""

from django.db import migrations

MARKED = (
    "ÀÁÂÃÄÅĀĂĄÇĆČĎÈÉÊËĒĘĚÌÍÎÏĪŁÑŃŇÒÓÔÕÖØŌŐŘŚŠŞŤÙÚÛÜŪŮŰÝŽŹŻ"
    "àáâãäåāăąçćčďèéêëēęěìíîïīłñńňòóôõöøōőřśšşťùúûüūůűýžźżÿ"
)
PLAIN = (
    "aaaaaaaaacccdeeeeeeeiiiiilnnnoooooooorssstuuuuuuuyzzz"
    "aaaaaaaaacccdeeeeeeeiiiiilnnnoooooooorssstuuuuuuuyzzzy"
)

WORDS = f"""
CREATE FUNCTION scoperoom_words(said text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT to_tsvector('pg_catalog.simple'::regconfig, lower(translate(said, '{MARKED}', '{PLAIN}'))) $$
"""
VALUES = """
CREATE FUNCTION scoperoom_values(held jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(held) $$
"""

INDEXES = {
    "projects_project": "title || ' ' || summary || ' ' || pain || ' ' || in_scope || ' ' || out_of_scope",
    "dprd_section": "text",
    "registers_row": 'scoperoom_values("values")',
    "risks_risk": "title || ' ' || cause || ' ' || event || ' ' || consequence || ' ' || mitigation"
    " || ' ' || \"trigger\" || ' ' || owner",
    "projects_objective": "title || ' ' || metric || ' ' || method || ' ' || owner",
    "comments_comment": "body",
    "workshops_card": "text",
    "workshops_item": "text",
    "scope_waiver": "message || ' ' || reason",
    "stakeholders_stakeholder": "name || ' ' || own_role || ' ' || unit || ' ' || organisation",
    "workshops_workshop": "title || ' ' || purpose",
}


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_initial"),
        ("dprd", "0001_initial"),
        ("registers", "0001_rows"),
        ("risks", "0001_initial"),
        ("comments", "0001_initial"),
        ("workshops", "0002_activities"),
        ("scope", "0003_waivers_and_readings"),
        ("stakeholders", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION scoperoom_words(text)"),
        migrations.RunSQL(VALUES, "DROP FUNCTION scoperoom_values(jsonb)"),
        *[
            migrations.RunSQL(
                f"CREATE INDEX search_{table} ON {table} USING gin (scoperoom_words({words}))",
                f"DROP INDEX search_{table}",
            )
            for table, words in INDEXES.items()
        ],
    ]
