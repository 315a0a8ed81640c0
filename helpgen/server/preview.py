"""The whole preview: the server in this thread, the builder in another, and an orderly end."""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from helpgen.server.guard import guard_for
from helpgen.server.live import Live, Options, Rebuilt
from helpgen.server.serve import Server
from helpgen.server.snapshot import Snapshot

_END_SECONDS: Final = 5.0
_TURN_SECONDS: Final = 0.000_5


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Who is told what: lines about requests, builds, the progress of a build. The last two come from another thread.

    `ready` is called once, when SIGINT and SIGTERM lead to an orderly end: who is told of the preview before may stop it too early.
    """

    log: Callable[[str], None]
    rebuilt: Callable[[Rebuilt], None]
    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None
    ready: Callable[[], None] = lambda: None


def run_preview(listener: socket.socket, options: Options, listeners: Listeners) -> None:
    """Serve on a bound socket until SIGINT or SIGTERM."""
    # The builder computes in this very process: who asks must not wait for five milliseconds at each turn.
    sys.setswitchinterval(_TURN_SECONDS)
    asyncio.run(_run(listener, options, listeners))


async def _run(listener: socket.socket, options: Options, listeners: Listeners) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    listeners.ready()
    port = int(listener.getsockname()[1])
    server = Server(guard_for(port, secrets.token_urlsafe(24)), listeners.log)

    def show(snapshot: Snapshot) -> None:
        # After the end there is no loop to call.
        if not loop.is_closed():
            loop.call_soon_threadsafe(server.show, snapshot)

    live = Live(options, show, listeners.rebuilt, listeners.progress)
    builder = threading.Thread(target=live.run, name="builder", daemon=True)
    builder.start()
    try:
        await server.serve(listener, stop)
    finally:
        await asyncio.to_thread(live.stop)
        await asyncio.to_thread(builder.join, _END_SECONDS)
