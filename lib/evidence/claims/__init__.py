"""Outcome claims."""
