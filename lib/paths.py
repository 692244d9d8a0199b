"""Where everything lies, from the repository's root, and how a file is written there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CODEBOOK = ROOT / (os.environ.get("CODEBOOK") or DATA / "codebook")  # of another subject, where one is named
LEXICON = DATA / "lexicon"
EVIDENCE = DATA / "evidence"
GOLD = DATA / "gold"
BENCHMARK = DATA / "benchmark"
NOTEBOOKS = ROOT / "notebooks"
BUILD = ROOT / "build"


def write(path: Path, content: str | bytes):
    """Writes a file, which appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(part, path)
