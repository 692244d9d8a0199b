"""From evidence tables to comparisons, each with its uncertainty."""
