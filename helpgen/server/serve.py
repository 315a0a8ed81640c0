"""Sockets, limits and the event stream.

1. Bind the loopback address, on the port asked for or the next free one.
2. Per connection: read one head within limits of size and time, answer, close. There is no keep-alive, so nothing that
   follows a head is ever taken for a request.
3. The event stream stays open: it tells a page its state at once and whenever that changes.

Standard library, asyncio: one thread for any number of open streams and slow senders, and a time limit on every wait
is one line. `http.server` would cost a thread a stream, reads sloppy heads kindly, and has no such limits.
"""

from __future__ import annotations

import asyncio
import errno
import json
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final
from urllib.parse import parse_qs

from helpgen.server.answer import answer, refuse
from helpgen.server.guard import Guard
from helpgen.server.inject import EVENTS, read_client
from helpgen.server.request import Refusal, Request, decode_path, parse_head, refuse_early
from helpgen.server.snapshot import Snapshot, page_state

LOOPBACK: Final = "127.0.0.1"
HEAD_SECONDS: Final = 10.0
SEND_SECONDS: Final = 20.0
# Over this many connections the one that has waited longest is dropped: it is the slow one.
MAX_CONNECTIONS: Final = 200
MAX_STREAMS: Final = 100
_HEARTBEAT_SECONDS: Final = 15.0
_QUERY_FIELDS: Final = 8
_LINGER_SECONDS: Final = 1.0
_LINGER_BYTES: Final = 1 << 20
_PORTS_TRIED: Final = 50
_LOGGED_TARGET: Final = 200
_STREAM_HEAD: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n"
    b"Cross-Origin-Resource-Policy: same-origin\r\nX-Content-Type-Options: nosniff\r\n\r\nretry: 400\n\n"
)


def bind(port: int, *, strict: bool = False) -> socket.socket:
    """A listening socket on the loopback address: on the port, or else (not `strict`) on the next free one above it.

    Raises OSError when there is none.
    """
    last = port if strict or port == 0 else min(port + _PORTS_TRIED, 65_535)
    for candidate in range(port, last + 1):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((LOOPBACK, candidate))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES) or candidate == last:
                raise
        else:
            return listener
    raise OSError(errno.EADDRINUSE, "no free port")


class Server:
    """Answers from the snapshot it was given last. `show` may be called from the loop's own thread only."""

    def __init__(self, guard: Guard, log: Callable[[str], None]) -> None:
        self._guard = guard
        self._log = log
        self._client = read_client()
        self._snapshot = Snapshot(files={})
        self._ready = asyncio.Event()
        self._changed = asyncio.Event()
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._streams: set[asyncio.Task[None]] = set()

    def show(self, snapshot: Snapshot) -> None:
        """Answer from this snapshot from now on, and tell the open pages."""
        self._snapshot = snapshot
        self._ready.set()
        self._changed.set()
        self._changed = asyncio.Event()

    async def serve(self, listener: socket.socket, stop: asyncio.Event) -> None:
        """Answer until `stop` is set; then close every connection."""
        server = await asyncio.start_server(self._accept, sock=listener, limit=4_096)
        try:
            await stop.wait()
        finally:
            server.close()
            tasks = [*self._connections, *self._streams]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._converse(reader, writer))
        self._connections[task] = writer
        task.add_done_callback(self._forget)
        if len(self._connections) > MAX_CONNECTIONS:
            oldest, its_writer = next(iter(self._connections.items()))
            its_writer.transport.abort()
            oldest.cancel()

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._connections.pop(task, None)
        self._streams.discard(task)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from the first byte to the last."""
        try:
            request = await self._read(reader)
            if isinstance(request, Refusal):
                await self._refuse(reader, writer, request)
            elif request.path == f"/{EVENTS}":
                await self._stream(reader, writer, request)
            else:
                await self._ready.wait()
                response = answer(request, self._snapshot, self._client, self._guard.token)
                if response.status == 404:
                    self._log(f"404 {printable(request.path)}")
                await _send(writer, response.head() + (response.body if request.method == "GET" else b""))
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            writer.transport.abort()
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Request | Refusal:
        """The request of a connection, if it is one and may be answered."""
        received = b""
        try:
            async with asyncio.timeout(HEAD_SECONDS):
                while b"\r\n\r\n" not in received:
                    chunk = await reader.read(4_096)
                    received += chunk
                    early = refuse_early(received)
                    if early is not None:
                        return early
                    if not chunk:
                        return Refusal(status=400, reason="The request ends in the middle.")
        except TimeoutError:
            return Refusal(status=408, reason="The request took too long to arrive.")
        parsed = parse_head(received.partition(b"\r\n\r\n")[0])
        return parsed if isinstance(parsed, Refusal) else self._guard.refuse(parsed) or parsed

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, refusal: Refusal) -> None:
        response = refuse(refusal)
        self._log(f"{refusal.status} {refusal.reason}")
        await _send(writer, response.head() + response.body)
        # Closing with unread bytes resets the connection, and the answer could be lost on its way.
        writer.write_eof()
        left = _LINGER_BYTES
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                while left > 0 and (chunk := await reader.read(65_536)):
                    left -= len(chunk)

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request) -> None:
        """Tell one page its state, now and after each change, until it goes."""
        asked = _asked(request.query)
        path = decode_path(asked.get("path", ""))
        refusal = self._guard.refuse_stream(request, asked.get("token", ""))
        if refusal is None and path is None:
            refusal = Refusal(status=400, reason="The event stream needs the path of the page.")
        if refusal is None and len(self._streams) >= MAX_STREAMS:
            refusal = Refusal(status=503, reason="Too many pages of the preview are open.")
        if refusal is not None or path is None or request.method == "HEAD":
            await self._refuse(reader, writer, refusal or Refusal(status=405, reason="The event stream answers GET."))
            return
        task = asyncio.current_task()
        assert task is not None
        self._connections.pop(task, None)
        self._streams.add(task)
        await _send(writer, _STREAM_HEAD)
        await self._ready.wait()
        gone = asyncio.ensure_future(_end_of(reader))
        try:
            await self._tell(writer, path, gone)
        finally:
            gone.cancel()

    async def _tell(self, writer: asyncio.StreamWriter, path: str, gone: asyncio.Future[None]) -> None:
        told = ""
        while not gone.done():
            changed = asyncio.ensure_future(self._changed.wait())
            state = json.dumps(page_state(self._snapshot, path))
            if state != told:
                await _send(writer, f"data: {state}\n\n".encode())
                told = state
            done, _ = await asyncio.wait(
                (changed, gone), timeout=_HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            changed.cancel()
            if not done:
                await _send(writer, b":\n\n")


def _asked(query: str) -> dict[str, str]:
    """What a query asks for, the last of each name; nothing at all of one with more than any page of ours sends."""
    try:
        return {name: values[-1] for name, values in parse_qs(query, max_num_fields=_QUERY_FIELDS).items()}
    except ValueError:
        return {}


async def _end_of(reader: asyncio.StreamReader) -> None:
    """Wait until the other side has closed; what it still sends is thrown away."""
    while await reader.read(4_096):
        pass


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Send, or give up on a reader that does not read."""
    async with asyncio.timeout(SEND_SECONDS):
        writer.write(data)
        await writer.drain()


def printable(text: str) -> str:
    """Text of a request for a line of the log: no control or direction characters, and not too long."""
    short = text[:_LOGGED_TARGET] + ("…" if len(text) > _LOGGED_TARGET else "")
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)
