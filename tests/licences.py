"""Under which licences the packages come that the program is made of: the table of deploy/licences.md."""

import re
from importlib import metadata
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
PINNED = re.compile(r"^([\w.-]+)==([\w.+-]+)", re.MULTILINE)
LONGEST = 60
"""A licence's name; longer is its text."""

HEAD = """# 第三方软件及其许可

本程序运行用到的软件包，按 requirements.lock；由 `make sbom` 写成，不要手改。物料清单见 `make sbom` 写出的
sbom.json（CycloneDX 格式）。只在别的操作系统上才装的包，许可以其自带的声明为准。

| 软件包 | 版本 | 许可 |
| --- | --- | --- |
"""


def pinned() -> dict[str, str]:
    """The packages of the lock file and their versions."""
    return dict(PINNED.findall(LOCK.read_text(encoding="utf-8")))


def licence(name: str) -> str | None:
    """What an installed package says of its licence; None where it is not installed, or says nothing."""
    try:
        known = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classified = [
        value.rpartition(" :: ")[2]
        for value in known.get_all("Classifier") or ()
        if value.startswith("License :: ") and not value.endswith("OSI Approved")
    ]
    expression, said = (str(known[key] or "").strip() for key in ("License-Expression", "License"))
    plain = said if "\n" not in said and len(said) <= LONGEST and "Copyright" not in said else ""
    return expression or plain or "、".join(classified) or None


def table() -> str:
    lines = [f"| {name} | {version} | {licence(name) or '—'} |" for name, version in pinned().items()]
    return HEAD + "\n".join(lines)


if __name__ == "__main__":
    print(table())
