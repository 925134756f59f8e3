"""The link check asks a server on this machine."""

import pytest

from tests.data.server import Server
from tools import links


@pytest.fixture
def site(socket_enabled, monkeypatch):
    monkeypatch.setattr(links, "PAUSE", 0.0)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = Server({"here.html": b"a page"})
    yield running
    running.http.shutdown()
    running.http.server_close()


def page(folder, *addresses: str):
    (folder / "sub").mkdir(exist_ok=True)
    text = "".join(f'<a href="{address}">x</a>' for address in addresses)
    (folder / "sub" / "page.html").write_text(f"<!doctype html>{text}", encoding="utf-8")
    return str(folder)


def test_pages_that_are_there_pass_and_are_asked_once(site, tmp_path, capsys):
    folder = page(tmp_path, site.url + "here.html", site.url + "here.html#part", "other.html", "#here", "mailto:a@b.c")
    assert links.main([folder], leave_out=()) == 0
    assert site.asked == ["here.html"]
    assert "1 links to 1 sites: 0 gone" in capsys.readouterr().out


def test_a_page_that_is_gone_is_named_with_the_page_that_points_at_it(site, tmp_path, capsys):
    folder = page(tmp_path, site.url + "here.html", site.url + "lost.html")
    assert links.main([folder], leave_out=()) == 1
    assert f"{site.url}lost.html: 404, on sub/page.html" in capsys.readouterr().err


def test_our_own_addresses_are_left_out(site, tmp_path):
    folder = page(tmp_path, site.url + "here.html", site.url + "own/lost.html")
    assert links.main([folder], leave_out=(site.url + "own",)) == 0


def test_offline_is_said_and_not_counted_as_lost_links(site, tmp_path, capsys):
    folder = page(tmp_path, "http://127.0.0.1:9/a", "http://127.0.0.1:9/b")
    assert links.main([folder], leave_out=()) == 2
    said = capsys.readouterr()
    assert "is this machine online?" in said.err
    assert said.out == ""


def test_without_a_book_it_says_what_to_run(tmp_path, capsys):
    assert links.main([str(tmp_path)], leave_out=()) == 2
    assert "make book" in capsys.readouterr().err
