import pytest

MAIL = b"To: karin@norrwater.example\r\nSubject: Your code\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIt is 123456.\r\n"


@pytest.fixture
def box(settings, tmp_path):
    settings.MAILBOX = tmp_path
    (tmp_path / f"{1_795_000_000_000_000_000:020d}.eml").write_bytes(MAIL)
    (tmp_path / "half.part").write_bytes(b"To: nobody")
    return tmp_path


def test_a_newcomer_reads_every_mail(client, db, box):
    page = client.get("/mailbox/").content.decode()

    assert "Your code" in page
    assert "karin@norrwater.example" in page


def test_one_mail_is_shown_as_text(client, db, box):
    assert "It is 123456." in client.get("/mailbox/01795000000000000000/").content.decode()


@pytest.mark.parametrize("name", ["nothing", "..", "00000000000000000000"])
def test_there_is_nothing_else_in_the_box(client, db, box, name):
    assert client.get(f"/mailbox/{name}/").status_code == 404


@pytest.mark.parametrize("url", ["/mailbox/", "/mailbox/01795000000000000000/"])
def test_without_a_catcher_there_is_no_mailbox(client, db, settings, url):
    settings.MAILBOX = None

    assert client.get(url).status_code == 404
