"""A real `helpgen serve` in a process of its own, asked over real sockets."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 30.0


@dataclass(slots=True)
class Answer:
    """What came back over a socket; `status` 0 if the connection was closed without an answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(slots=True)
class Preview:
    """The process, its port, and what it has printed."""

    process: subprocess.Popen[str]
    port: int = 0
    lines: list[str] = field(default_factory=list)

    @classmethod
    def start(cls, site: Path, *options: str) -> Preview:
        command = [sys.executable, "-m", "helpgen", "serve", "--site", str(site), *options]
        root = Path(__file__).resolve().parents[2]
        process = subprocess.Popen(
            command, cwd=root, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        preview = cls(process)
        threading.Thread(target=preview._collect, daemon=True).start()
        preview.port = int(preview.wait_for(r"http://127\.0\.0\.1:(\d+)/").group(1))
        return preview

    def _collect(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, pattern: str, *, after: int = 0) -> re.Match[str]:
        """The first line from number `after` on that matches."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for line in self.lines[after:]:
                found = re.search(pattern, line)
                if found:
                    return found
            if self.process.poll() is not None:
                time.sleep(0.2)
                break
            time.sleep(0.01)
        raise AssertionError(f"no line like {pattern!r} in {self.lines[after:]}")

    def raw(self, data: bytes, *, timeout: float = PATIENCE) -> Answer:
        """Send these bytes, read until the server closes. The port 8000 of prepared requests becomes the real one."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            received = b""
            try:
                connection.sendall(data.replace(b":8000", f":{self.port}".encode()))
                while chunk := connection.recv(65_536):
                    received += chunk
            except ConnectionError:
                pass
        return parse_answer(received)

    def get(self, path: str, method: str = "GET", host: str = "", **headers: str) -> Answer:
        """An ordinary request; header names with underscores for dashes."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.raw("\r\n".join([*lines, "", ""]).encode())

    def wait_until_shown(self, path: str, text: str) -> Answer:
        """Ask again and again until the page holds the text."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.get(path)
            if text in answer.text:
                return answer
            time.sleep(0.02)
        raise AssertionError(f"{path} never showed {text!r}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()


def parse_answer(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    if not first:
        return Answer(0, {}, b"")
    return Answer(int(first.split(" ")[1]), headers, body)


def token_of(page: str) -> str:
    """The secret of the event stream, as a page has it."""
    found = re.search(r"token=([\w-]+)", page)
    assert found is not None
    return found.group(1)
