"""Several server processes, each at a port of its own behind a proxy (deploy/); one that dies is begun again.

A page is served by the process that gave its frame: the frame says so in its address (entry/frame.py), and
the proxy needs to remember nothing.
"""

import os
import signal
import time
from collections.abc import Callable
from multiprocessing import connection, get_context, parent_process
from threading import Event, Thread

SEAT_VARIABLE = "ZHIBEN_SEAT"
"""Which of the processes this one is, from 1; not set where there is but one."""

MOST = 9
"""The proxy's rule holds for one digit."""

SOON = 10.0
"""Who ends so many seconds after it began is not begun again at once: each time it waits twice as long."""

SHORTEST, LONGEST = 0.2, 60.0

Run = Callable[[int], None]
Say = Callable[[str], None]


def address() -> str:
    """Where below the proxy's address this process answers for its own sessions."""
    seat = os.environ.get(SEAT_VARIABLE)
    return f"/seat/{seat}/" if seat else "/"


def keep_running(run: Run, count: int, say: Say) -> None:
    """Run `run(seat)` in so many processes until this one is told to stop."""
    is_over = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: is_over.set())
    keepers = [Thread(target=_keep, args=(run, seat, say, is_over)) for seat in range(1, count + 1)]
    for keeper in keepers:
        keeper.start()
    while not is_over.wait(1):  # on Windows, who waits without end does not hear Ctrl+C
        pass
    for keeper in keepers:
        keeper.join()


def _keep(run: Run, seat: int, say: Say, is_over: Event) -> None:
    """One process at a time, until all is over."""
    pause = SHORTEST
    while not is_over.is_set():
        began = time.monotonic()
        code = _until_it_ends(run, seat, is_over)
        if is_over.is_set():
            return
        pause = min(2 * pause, LONGEST) if time.monotonic() - began < SOON else SHORTEST
        say(f"第 {seat} 个服务进程意外退出（{code}），{pause:g} 秒后重新启动。")
        is_over.wait(pause)


def _until_it_ends(run: Run, seat: int, is_over: Event) -> int | None:
    """Returns the process's exit code; ends it where all is over."""
    process = get_context("spawn").Process(target=_begin, args=(run, seat))
    process.start()
    while process.is_alive() and not is_over.wait(SHORTEST):
        pass
    process.terminate()
    process.join()
    return process.exitcode


def _begin(run: Run, seat: int) -> None:
    """The child's side: it ends with the parent, however that ended."""
    os.environ[SEAT_VARIABLE] = str(seat)
    Thread(target=_end_with_parent, daemon=True).start()
    run(seat)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
