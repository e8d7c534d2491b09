"""One who looks without a browser: the browser's half of Streamlit's talk over the websocket."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE = 120
ERRORS = {"exception", "alert"}


@dataclass(frozen=True)
class Drawn:
    """What one run of the script sent: the messages, and how many bytes they were."""

    messages: Sequence[ForwardMsg]
    size: int

    def elements(self, kind: str) -> list[str]:
        """The elements of one kind, each as its protobuf text."""
        return [str(getattr(element, kind)) for name, element in self._elements() if name == kind]

    def html(self) -> str:
        """All that was drawn as HTML."""
        return "\n".join(element.html.body for name, element in self._elements() if name == "html")

    def errors(self) -> list[str]:
        return [str(element) for name, element in self._elements() if name in ERRORS]

    def ids(self) -> dict[str, str]:
        """The widgets drawn: the key each was given, and what Streamlit calls it."""
        ids = (getattr(getattr(element, name), "id", "") for name, element in self._elements())
        return {id_.split("-", 2)[2]: id_ for id_ in ids if id_.startswith("$$ID-")}

    def _elements(self) -> Iterator[tuple[str, Element]]:
        for message in self.messages:
            if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                yield str(element.WhichOneof("type")), element


class Visitor:
    """One session. It keeps what a browser keeps: the messages it may be sent a mere reference to."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.kept: dict[str, ForwardMsg] = {}
        self.ids: dict[str, str] = {}
        self.chosen: dict[str, tuple[str, ...]] = {}

    def look(self, page: str = "", query: str = "", **chosen: str) -> Drawn:
        """Open a page ("" for 总览), or look at it again; `chosen` sets filters by their keys, for good."""
        self.chosen |= {key: (value,) for key, value in chosen.items()}
        self.socket.send(self._asked(page, query).SerializeToString())
        drawn = self._received()
        self.ids |= drawn.ids()
        return drawn

    def _asked(self, page: str, query: str) -> BackMsg:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = "&".join(part for part in (query, self._address()) if part)
        asked.rerun_script.cached_message_hashes.extend(self.kept)
        for key, value in self.chosen.items():
            widget = asked.rerun_script.widget_states.widgets.add()
            widget.id = self.ids[key]
            widget.string_array_value.data.extend(value)
        return asked

    def _address(self) -> str:
        """The filters as they stand in the browser's address: a day with hyphens."""
        shown = {key: [each.replace("/", "-") for each in value] for key, value in self.chosen.items()}
        return urlencode(shown, doseq=True)

    def _received(self) -> Drawn:
        messages: list[ForwardMsg] = []
        size = 0
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            raw = self.socket.recv(PATIENCE, decode=False)
            message = ForwardMsg.FromString(raw)
            if message.metadata.cacheable:
                self.kept[message.hash] = message
            messages.append(self.kept.get(message.ref_hash, message))
            size += len(raw)
        return Drawn(messages, size)


@contextmanager
def visit(url: str) -> Iterator[Visitor]:
    """Open a session on a dashboard served at an address."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None, compression=None) as socket:  # type: ignore[list-item]
        yield Visitor(socket)
