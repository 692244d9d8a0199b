"""Tables by theme."""

from lib.report.tables import actors, city, claims, findings, practices, quantities
