"""The dataset: gathered, checked, loaded, described."""
