"""Texts as TOML writes them."""

import json


def quoted(text: str) -> str:
    """A text in quotes; JSON writes it as TOML does, but for one control sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
