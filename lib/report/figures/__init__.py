"""Figures by theme."""
