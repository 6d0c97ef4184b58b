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


@pytest.mark.parametrize("url", ["/mailbox/", "/mailbox/01795000000000000000/", "/mailbox/nothing/"])
@pytest.mark.parametrize(
    "visitor",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "2001:db8::7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
def test_other_machines_see_no_mail(client, db, box, url, visitor):
    answer = client.get(url, **visitor)

    assert answer.status_code == 403
    assert "The mailbox is closed here" in answer.content.decode()
    assert "It is 123456." not in answer.content.decode()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_the_machine_itself_sees_all_mail(client, db, box, address):
    assert client.get("/mailbox/", REMOTE_ADDR=address).status_code == 200


def test_other_machines_see_it_when_somebody_said_so(client, db, box, settings):
    settings.MAILBOX_OPEN = True

    assert client.get("/mailbox/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_nobody_elsewhere_is_sent_to_a_mailbox_that_is_closed(client, db, box):
    assert "/mailbox/" in client.get("/accounts/login/code/", follow=True).content.decode()
    assert "/mailbox/" not in client.get("/accounts/login/code/", follow=True, REMOTE_ADDR="192.0.2.7").content.decode()
