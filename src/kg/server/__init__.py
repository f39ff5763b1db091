"""``kg serve``: one build for many clients: SPARQL, a JSON API, its pages, and its things by their IRIs.

Read-only, offline, bounded. The server holds no graph itself: a process of its own does, and forks
workers that answer and can be ended.
"""

import asyncio
import math
import os
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import uvicorn

from kg.errors import KgError
from kg.server.apps import make_app
from kg.server.connections import patient_http
from kg.server.contexts import Limits, Site
from kg.server.snapshots import load_snapshot, signature

Tell = Callable[[str], None]

_MAX_CONNECTIONS = 500
_WATCH_SECONDS = 1.0
_RETRY_SECONDS = 10.0


def serve(
    directory: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    reload: bool = False,
    cors: Sequence[str] = (),
    limits: Limits | None = None,
    tell: Tell = print,
) -> None:
    """Serve the build in *directory* until the process is told to end (SIGINT, SIGTERM).

    Args:
        directory: The output folder of a build.
        host: The address to listen at.
        port: The port to listen at; 0 takes a free one.
        reload: Change over to a new build in *directory* as soon as it is finished.
        cors: Origins whose pages may ask; ``*`` for all.
        limits: How much one query may take.
        tell: Gets a line when the server is ready, and one for each new build.

    Raises:
        KgError: There is no build, or the address cannot be had.
    """
    if not hasattr(os, "fork"):
        raise KgError("serve: needs a system that can fork (Linux, macOS, WSL)")
    with _listen(host, port) as listener:
        asyncio.run(_serve(directory, listener, host, reload, cors, limits or Limits(), tell))


async def _serve(
    directory: Path,
    listener: socket.socket,
    host: str,
    reload: bool,
    cors: Sequence[str],
    limits: Limits,
    tell: Tell,
) -> None:
    seen = signature(directory)
    site = Site(directory, await load_snapshot(directory, size=_n_workers()), limits)
    config = uvicorn.Config(
        make_app(site, host=host, cors=cors),
        http=patient_http(limits.patience),
        ws="none",
        lifespan="off",
        log_level="error",  # not a line for each client that speaks no HTTP: who reads them may be slow
        access_log=False,
        server_header=False,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_keep_alive=math.ceil(limits.patience),
        timeout_graceful_shutdown=3,
    )
    # uvicorn stops at these signals and then passes them on: to stop is all that is wanted.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    watcher = asyncio.create_task(_watch(site, seen, reload, tell))
    tell(f"Serving {directory} at http://{_address(listener)}/  (SPARQL: /sparql, API: /openapi.json)")
    try:
        await uvicorn.Server(config).serve(sockets=[listener])
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
        await site.snapshot.pool.end()


async def _watch(site: Site, seen: tuple[int, ...] | None, reload: bool, tell: Tell) -> None:
    """Change over to each new build once it is loaded; one that cannot be loaded changes nothing.

    Where the process that holds the graph has died, killed or out of memory, the build is loaded again.
    """
    while True:
        await asyncio.sleep(_WATCH_SECONDS)
        now = signature(site.directory) if reload else seen
        has_died = site.snapshot.pool.has_died
        if not has_died and (now is None or now == seen):
            continue
        try:
            fresh = await load_snapshot(site.directory, size=_n_workers())
        except KgError as error:
            tell(f"The build cannot be served{'' if has_died else ', the old one goes on'}: {error}")
            seen = now
            await asyncio.sleep(_RETRY_SECONDS)
            continue
        if reload and signature(site.directory) != now:  # another one came meanwhile: is this a mixture?
            await fresh.close()
            continue
        seen, old, site.snapshot = now, site.snapshot, fresh
        tell(f"Serving {'the build again' if has_died else 'the new build'} in {site.directory}")
        await old.close()


def _n_workers() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(2, cores)  # one slow query must not stop all others


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise KgError(
            f"serve: cannot listen at {host}:{port} ({reason}); pass another --host or --port"
        ) from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


__all__ = ["Limits", "serve"]
