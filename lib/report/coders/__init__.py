"""Sheets and projects for human coders."""
