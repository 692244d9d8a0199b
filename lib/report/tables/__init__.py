"""Tables by theme."""
