"""The command itself: address first, ports, a clean end."""

from __future__ import annotations

import signal
import socket

import pytest
from click.testing import CliRunner

from helpgen.cli import cli
from helpgen.server.serve import bind, printable
from tests.server.preview_process import Preview, token_of
from tests.site_folder import SiteFolder


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(site: SiteFolder, number: signal.Signals) -> None:
    preview = Preview.start(site.root, "--port", "0")
    preview.wait_for("Built")
    assert preview.stop(number) == 0
    assert "Traceback" not in "\n".join(preview.lines)
    assert preview.lines[-1] == "The preview has ended."


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_in_the_middle_of_a_build(site: SiteFolder, number: signal.Signals) -> None:
    for index in range(300):
        site.article(f"zh/security/a{index}", f"文章{index}", "正文。\n" * 40)
    preview = Preview.start(site.root, "--port", "0")
    assert not any("Built" in line for line in preview.lines)
    assert preview.stop(number) == 0
    assert "Traceback" not in "\n".join(preview.lines)


def test_the_address_is_printed_before_the_build_and_pages_wait_for_it(site: SiteFolder) -> None:
    for index in range(200):
        site.article(f"zh/security/a{index}", f"文章{index}", "正文。\n" * 40)
    preview = Preview.start(site.root, "--port", "0")
    try:
        assert not any("Built" in line for line in preview.lines)
        assert "文章199" in preview.get("/zh/security/a199/").text
    finally:
        preview.stop()


def test_an_open_event_stream_does_not_delay_the_end(asked_site: Preview) -> None:
    page = asked_site.get("/zh/").text
    token = token_of(page)
    stream = socket.create_connection(("127.0.0.1", asked_site.port))
    stream.sendall(
        f"GET /_helpgen/events?token={token}&path=/zh/ HTTP/1.1\r\nHost: 127.0.0.1:{asked_site.port}\r\n\r\n".encode()
    )
    assert stream.recv(1_000).startswith(b"HTTP/1.1 200 ")
    assert asked_site.stop(signal.SIGINT) == 0
    stream.close()


@pytest.fixture
def asked_site(preview: Preview) -> Preview:
    return preview


def test_a_taken_port_is_passed_over(site: SiteFolder) -> None:
    with bind(0) as taken:
        port = int(taken.getsockname()[1])
        with bind(port) as next_one:
            assert next_one.getsockname()[1] > port
        outcome = CliRunner().invoke(cli, ["serve", "--site", str(site.root), "--port", str(port)])
        assert outcome.exit_code == 1
        assert f"cannot serve on port {port}" in outcome.output


def test_only_the_loopback_address_is_bound(asked: Preview) -> None:
    with bind(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
    # The whole network of the loopback is this machine's, but only the one address is listened on.
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", asked.port))


def test_help_has_an_example() -> None:
    outcome = CliRunner().invoke(cli, ["serve", "--help"])
    assert outcome.exit_code == 0
    assert "helpgen serve --site docs" in outcome.output


def test_settings_that_cannot_be_read_are_an_error_in_the_page_and_the_terminal(site: SiteFolder) -> None:
    preview = Preview.start(site.write("helpgen.yaml", "title: Help\n").root, "--port", "0")
    try:
        preview.wait_for('"locales" is missing')
        assert preview.get("/").status == 503
    finally:
        preview.stop()


def test_printable() -> None:
    assert printable("/a\x1b[2J\u202e充") == "/a\\u001b[2J\\u202e充"
    assert len(printable("x" * 1_000)) < 300
