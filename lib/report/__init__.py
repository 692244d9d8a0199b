"""From comparisons to figures, tables, prose and one bound report."""
