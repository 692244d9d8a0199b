"""Where everything lies, from the repository's root."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
TEXTS = DATA / "texts"
CODEBOOK = ROOT / (os.environ.get("CODEBOOK") or DATA / "codebook")  # of another subject, where one is named
LEXICON = DATA / "lexicon"
EVIDENCE = DATA / "evidence"
GOLD = DATA / "gold"
BENCHMARK = DATA / "benchmark"
NOTEBOOKS = ROOT / "notebooks"
FIGURES = ROOT / "figures"
BUILD = ROOT / "build"
