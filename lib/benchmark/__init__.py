"""What the extraction finds, held against what annotators found in the same texts."""
