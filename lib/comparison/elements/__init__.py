"""The elements of governance models: what texts say of each, and how places differ in them."""
