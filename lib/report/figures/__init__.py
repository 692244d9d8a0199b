"""Figures by theme."""

from lib.report.figures import claims, likeness, model, practices, quantities

__all__ = ["claims", "likeness", "model", "practices", "quantities"]
