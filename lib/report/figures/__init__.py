"""Figures by theme."""

from lib.report.figures import claims, likeness, model, practices, quantities
