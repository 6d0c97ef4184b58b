from django.db import migrations


def into_the_matrix(apps, schema_editor):
    """Who approves becomes accountable, one in each section; the others are consulted."""
    duty = apps.get_model("stakeholders", "Duty")
    seats = apps.get_model("dprd", "Seat").objects.select_related("section", "user").order_by("duty", "created_at")
    for seat in seats:
        section = seat.section
        given = duty.objects.filter(project_id=section.project_id, section=section.key)
        wants = "A" if seat.duty == "approves" and not given.filter(letter="A").exists() else "C"
        person = seat.stakeholder_id or _registered(apps, section.project_id, seat.user)
        if not given.filter(person_id=person).exists():
            duty.objects.create(project_id=section.project_id, section=section.key, person_id=person, letter=wants)
    # No table goes while something waits for its deferred checks.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _registered(apps, project, user):
    """The person of the register who is this member; put into it when nobody is."""
    people = apps.get_model("stakeholders", "Stakeholder").objects
    there = people.filter(project_id=project, user=user).first() or people.filter(project_id=project, email__iexact=user.email).first()
    return (there or people.create(project_id=project, user=user, name=(user.name or user.email)[:120], email=user.email)).pk


class Migration(migrations.Migration):

    dependencies = [
        ('dprd', '0002_reading_and_suggesting'),
        ('stakeholders', '0003_who_does_what'),
    ]

    operations = [
        migrations.RunPython(into_the_matrix, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='Seat',
        ),
    ]
