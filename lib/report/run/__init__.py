"""Notebooks run, and the interactive explorer."""
