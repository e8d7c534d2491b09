"""On what it was measured."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "duckdb", "polars", "plotly", "pandas")
CPU = Path("/proc/cpuinfo")
MEMORY = Path("/proc/meminfo")


def described() -> str:
    """Cores, processor, memory, system, versions, and how busy it was, in one sentence of Chinese."""
    packages = "、".join(f"{name} {version(name)}" for name in PACKAGES)
    load = f"量完时平均负载 {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "负载不详"
    hardware = f"{os.cpu_count()} 核 {_processor()}{_memory()}"
    return f"{hardware}，{platform.system()}，Python {platform.python_version()}，{packages}；{load}。"


def _processor() -> str:
    names = (line.partition(":")[2].strip() for line in _lines(CPU) if line.startswith("model name"))
    return next(names, platform.processor())


def _memory() -> str:
    sizes = (int(line.split()[1]) for line in _lines(MEMORY) if line.startswith("MemTotal"))
    return next((f"，内存 {size / 1024**2:.0f} GB" for size in sizes), "")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
