"""Practices, named initiatives and actors."""
