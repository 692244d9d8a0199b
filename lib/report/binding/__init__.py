"""Executed notebooks into HTML, PDF and workbook."""
