"""A browser as the server sees it: it opens the page, chooses towns, and takes all the bytes that come."""

import http.client
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.bench.contestants import Contestant
from tests.bench.peers.figures import ALL

LABEL = "乡镇"
SEAT = re.compile(rb"/seat/\d/")
KEPT_RUNS = 2
"""For so many runs Streamlit's page keeps what it was sent."""


@dataclass(frozen=True)
class Answer:
    """What came back: after so many ms so many bytes, and all of it, to look something up in."""

    milliseconds: float
    size: int
    content: bytes

    def shows(self, text: str) -> bool:
        return text.encode() in self.content or json.dumps(text)[1:-1].encode() in self.content


class Visitor(Protocol):
    """One browser on one contestant's page."""

    async def open(self) -> Answer: ...

    async def choose(self, town: str) -> Answer: ...

    async def close(self) -> None: ...


def visitor(contestant: Contestant) -> Visitor:
    kinds: dict[str, Callable[[Contestant], Visitor]] = {"dash": DashVisitor, "floor": FloorVisitor}
    return kinds.get(contestant.name, StreamlitVisitor)(contestant)


class StreamlitVisitor:
    """Speaks Streamlit's websocket protocol as its page does, with its cache of what was sent before."""

    def __init__(self, contestant: Contestant) -> None:
        self.contestant = contestant
        self.hashes: dict[str, int] = {}
        self.runs = 0
        self.page = ""
        self.widget = WidgetState()

    async def open(self) -> Answer:
        self.server = _server(self.contestant)
        self.socket: ClientConnection = await connect(
            f"{self.server.replace('http', 'ws', 1)}_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
        )
        return await self._run()

    async def choose(self, town: str) -> Answer:
        chosen = [] if town == ALL else [town]
        if self.is_ours:
            self.widget.string_array_value.data[:] = chosen
        else:
            self.widget.string_value = town
        return await self._run()

    async def close(self) -> None:
        await self.socket.close()

    @property
    def is_ours(self) -> bool:
        return self.contestant.name == "ours"

    async def _run(self) -> Answer:
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.page
        asked.rerun_script.page_name = self.contestant.path
        asked.rerun_script.cached_message_hashes.extend(self.hashes)
        if self.widget.id:
            asked.rerun_script.widget_states.widgets.append(self.widget)
        start = perf_counter()
        await self.socket.send(asked.SerializeToString())
        frames = await self._frames()
        taken = (perf_counter() - start) * 1000
        self._forget()
        return Answer(taken, sum(map(len, frames)), b"".join(frames))

    async def _frames(self) -> list[bytes]:
        frames: list[bytes] = []
        while True:
            frame = await self.socket.recv(decode=False)
            frames.append(frame)
            message = ForwardMsg.FromString(frame)
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                return frames
            if kind == "delta":
                self._note(message)
            elif kind == "navigation":
                self.page = message.navigation.page_script_hash

    def _note(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self.hashes[message.hash] = self.runs
        element = message.delta.new_element
        for name in ("multiselect", "selectbox"):
            if element.HasField(name) and getattr(element, name).label == LABEL:
                self.widget.id = getattr(element, name).id

    def _forget(self) -> None:
        self.runs += 1
        self.hashes = {key: run for key, run in self.hashes.items() if self.runs - run <= KEPT_RUNS}


def _server(contestant: Contestant) -> str:
    """Where the page's HTML says its server is: of several processes the one that gave it."""
    connection = http.client.HTTPConnection(urlsplit(contestant.url).netloc)
    connection.request("GET", f"/{contestant.path}")
    seat = SEAT.search(connection.getresponse().read())
    connection.close()
    return f"{contestant.url}{seat[0].decode() if seat else '/'}"


class HttpVisitor:
    """Asks, once connected, and waits for the answer: one visitor at a time."""

    def __init__(self, contestant: Contestant) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(contestant.url).netloc)

    async def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, path: str, told: Any = None) -> Answer:
        body = None if told is None else json.dumps(told)
        self.connection.close()  # a server drops who has been silent for seconds
        self.connection.connect()
        start = perf_counter()
        self.connection.request(method, path, body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        content = response.read()
        taken = (perf_counter() - start) * 1000
        if response.status != http.client.OK:
            raise RuntimeError(f"{path}: {response.status} {content[:200]!r}")
        return Answer(taken, len(content), content)


class DashVisitor(HttpVisitor):
    async def open(self) -> Answer:
        [self.callback] = json.loads(self._ask("GET", "/_dash-dependencies").content)
        return await self.choose(ALL)

    async def choose(self, town: str) -> Answer:
        places = [place.rpartition(".") for place in self.callback["output"].strip(".").split("...")]
        asked = {
            "output": self.callback["output"],
            "outputs": [{"id": name, "property": part} for name, _, part in places],
            "inputs": [{**self.callback["inputs"][0], "value": town}],
            "changedPropIds": ["town.value"],
        }
        return self._ask("POST", "/_dash-update-component", asked)


class FloorVisitor(HttpVisitor):
    async def open(self) -> Answer:
        return await self.choose(ALL)

    async def choose(self, town: str) -> Answer:
        return self._ask("GET", f"/told?town={quote(town)}")
