"""Find, or install, what the browser tests need: a Chromium and a Chinese font (contract.md).

As root on Debian both come as packages, and nginx for the tests of several server processes; elsewhere
Playwright downloads its own Chromium, and a missing font is asked for by name. Run by `make test`; does
nothing where all is there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The Chromium on this machine: $ZHIBEN_CHROMIUM, one on the path, or Playwright's; None without any."""
    named = (os.environ.get("ZHIBEN_CHROMIUM"), *map(shutil.which, NAMES))
    found = next((path for path in named if path), None) or _playwrights()
    return found if found and Path(found).exists() else None


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and needed only here

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def has_chinese_font() -> bool:
    if sys.platform in {"win32", "darwin"} or not shutil.which("fc-list"):
        return sys.platform in {"win32", "darwin"}
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=True)
    return bool(listed.stdout.strip())


def main() -> None:
    missing = [
        name
        for name, there in (
            ("chromium", chromium()),
            ("fonts-noto-cjk", has_chinese_font()),
            ("nginx-light", shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")),
        )
        if not there
    ]
    if missing and _is_debian_root():
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "fontconfig", *missing], check=True
        )
    elif "chromium" in missing:
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True)
    if not has_chinese_font():
        sys.exit("没有中文字体，页面会显示成方块：请安装 fonts-noto-cjk（或任一中文字体）后再试。")


def _is_debian_root() -> bool:
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    main()
