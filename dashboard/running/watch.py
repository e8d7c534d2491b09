"""Sees that a build has been published, opens and warms it, and only then has it shown: nobody waits for it.

Who looks meanwhile is shown the build before. A build that is damaged, or gone, is not shown; it is tried
again when its file has changed. Where none is shown yet, the newest one that is whole is, and pages say so.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import takewhile
from threading import Event, Thread

import duckdb

from dashboard import registers, session
from dashboard.keeping import let_go
from dashboard.running.warm import BY_TOWN, FIRST, PAGES, warm
from queries import of_towns, sources
from queries.lake import Lake, LakeError
from queries.scope import ScopeError
from queries.sources import Source
from queries.warehouse import sound_builds

SECONDS = 2.0
"""Between two looks at the pointer."""

PATIENCE = 60.0
log = logging.getLogger(__name__)

Mark = tuple[Source, str, int | None]
"""A source, what is published there last, and a stamp: where it is another, it is tried again."""

LAKE_SECONDS = 30.0
"""After so long a lake that could not be opened is tried again: what was in the way leaves no trace there."""


class Watch:
    """One thread a server process."""

    def __init__(self) -> None:
        self._refused: Mark | None = None
        self._told = ""
        self._wanted = Event()
        self._thread: Thread | None = None
        self._is_over = False

    def start(self) -> None:
        self._is_over = False
        self._thread = Thread(target=self._run, name="builds", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Wait for the thread to end, a page at most: a process that ends while one asks DuckDB aborts."""
        self._is_over = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _goes_on(self, _: object) -> bool:
        return not self._is_over

    def _run(self) -> None:
        while not self._is_over:
            try:
                self.look()
            except Exception:
                log.exception("the published build cannot be seen")
            self._wanted.wait(SECONDS)
            self._wanted.clear()

    def look(self) -> None:
        """Take what the pointer names, unless it is shown already or was found wanting."""
        mark = None
        try:
            mark = self._behind()
            if mark is not None:
                take(*mark[:2], self._goes_on)
        except Exception as problem:
            self._refused = mark or self._refused
            self._tell(repr(problem))
            _stay()

    def _tell(self, problem: str) -> None:
        """Log what went wrong, once."""
        if problem != self._told:
            log.exception("what was published last is not shown")
        self._told = problem

    def _behind(self) -> Mark | None:
        """What is to be taken; None where nothing is. What is published no more is shown no more."""
        source = session.followed()
        code = sources.current(source)
        if code is None:
            session.showing.build = None
        shown = session.showing.build
        if code is None or (shown and (shown.whole.source, shown.code) == (source, code)):
            session.showing.is_behind = False
            return None
        mark = (source, code, _stamp(source, code))
        return mark if mark != self._refused else None

    def catch_up(self) -> None:
        """Wait until what has just been published is shown, or refused, or PATIENCE is over."""
        end = time.monotonic() + PATIENCE
        self._wanted.set()
        while self._thread and not self._is_over and self._behind() and time.monotonic() < end:
            time.sleep(0.05)


def take(source: Source, code: str, goes_on: Callable[[object], bool]) -> None:
    """Open a build and show it: warm, unless there is none before it to be shown meanwhile.

    `goes_on`: asked before each page, whether it is still to be warmed.
    """
    if not sources.is_sound(source, code):
        raise OSError(f"build {code} is not what was published")
    build = session.opened(source, code)
    if session.showing.build is None:
        session.showing.build = build
    let_go()
    warm(build, takewhile(goes_on, PAGES))
    for scope in takewhile(goes_on, session.scopes_seen()[: session.MOST_PARTS]):
        try:
            warm(session.opened(source, session.coded(code, scope)), FIRST)
        except (ScopeError, LakeError, duckdb.Error) as problem:
            log.warning("the part of %s cannot be opened: %s", scope, problem)
    session.showing.build = build
    session.showing.is_behind = False
    towns = registers.townships(build.code)
    if of_towns.are_few(towns):
        warm(build, takewhile(goes_on, BY_TOWN), (towns[0],))


def _stamp(source: Source, code: str) -> int | None:
    """When a build's file was last changed; None: it is gone."""
    if isinstance(source, Lake):
        return int(time.monotonic() // LAKE_SECONDS)
    return sources.changed_at(source, code)


def _stay() -> None:
    """Go on with what is shown; where nothing is yet, with the newest build that is whole."""
    session.showing.is_behind = True
    folder = session.followed()
    if isinstance(folder, Lake):
        return
    for code in sound_builds(folder) if session.showing.build is None else ():
        with suppress(duckdb.Error):
            session.showing.build = session.opened(folder, code)
            return


watch = Watch()
