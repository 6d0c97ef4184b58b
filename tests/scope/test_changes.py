"""What changed between two snapshots."""

from apps.scope.changes import between
from tests.pages import BeautifulSoup


def snap(**sections: object) -> dict:
    return {"sections": [{"key": key, "title": key.title(), "content": content} for key, content in sections.items()]}


def told(old: dict, new: dict) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (change.key, change.kind, [(line.label, str(line.html)) for line in change.lines])
        for change in between(old, new)
    ]


def test_equal_snapshots_have_no_changes() -> None:
    assert between(snap(purpose={"text": "Same"}), snap(purpose={"text": "Same"})) == []


def test_there_is_nothing_to_compare_a_first_baseline_with() -> None:
    assert between(None, snap(purpose={"text": "New"})) == []


def test_prose_is_told_word_by_word() -> None:
    found = told(snap(purpose={"text": "Drafts for ten topics."}), snap(purpose={"text": "Drafts for eleven topics."}))

    assert found == [("purpose", "changed", [("", "Drafts for <del>ten</del><ins>eleven</ins> topics.")])]


def test_new_and_removed_sections_are_said_in_words() -> None:
    found = told(snap(purpose={"text": "A"}), snap(risks={"risks": []}))

    assert found == [("risks", "added", []), ("purpose", "removed", [])]


def test_rows_are_matched_by_identity_whatever_their_place() -> None:
    first, second = {"id": "1", "title": "Leak", "owner": ""}, {"id": "2", "title": "Drift", "owner": "Priya"}

    found = told(snap(risks={"risks": [first, second]}), snap(risks={"risks": [second, {**first, "owner": "Erik"}]}))

    assert found == [("risks", "changed", [("Leak: owner", "<ins>Erik</ins>")])]


def test_added_and_removed_rows_show_what_they_held() -> None:
    row = {"id": "1", "title": "Leak", "likelihood": 3}

    assert told(snap(risks={"risks": []}), snap(risks={"risks": [row]})) == [
        ("risks", "changed", [("Leak", "<ins>Leak, 3</ins>")])
    ]
    assert told(snap(risks={"risks": [row]}), snap(risks={"risks": []})) == [
        ("risks", "changed", [("Leak", "<del>Leak, 3</del>")])
    ]


def test_long_unchanged_stretches_are_cut() -> None:
    long = "Word " * 200

    [change] = between(snap(purpose={"text": f"{long}old."}), snap(purpose={"text": f"{long}new."}))

    assert len(BeautifulSoup(change.lines[0].html, "html.parser").get_text()) < 200


def test_what_people_wrote_is_escaped() -> None:
    [change] = between(snap(purpose={"text": ""}), snap(purpose={"text": "<script>alert(1)</script>"}))

    assert "<script>" not in change.lines[0].html


def test_of_a_table_in_prose_only_the_changed_row_is_told() -> None:
    old = "| Cost | tokens | 20 € |\n| Latency | p95 | 8 s |"

    found = told(snap(monitoring={"text": old}), snap(monitoring={"text": old.replace("20", "25")}))

    assert found == [("monitoring", "changed", [("", "Cost · tokens · <del>20</del><ins>25</ins> €")])]
