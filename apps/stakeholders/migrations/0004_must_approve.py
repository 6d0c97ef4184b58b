from django.db import migrations, models
from django.db.models import Q

LETTERS = [
    ("AR", "accountable and responsible"),
    ("A", "accountable"),
    ("S", "must approve"),
    ("R", "responsible"),
    ("C", "consulted"),
    ("I", "informed"),
]


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0003_who_does_what")]

    operations = [
        migrations.AlterField(
            model_name="duty",
            name="letter",
            field=models.CharField(choices=LETTERS, max_length=2),
        ),
        migrations.RemoveConstraint(model_name="duty", name="a_known_letter"),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=Q(letter__in=[letter for letter, _label in LETTERS]), name="a_known_letter"
            ),
        ),
    ]
