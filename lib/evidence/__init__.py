"""From sentences to evidence tables: quantities, mentions, models, claims."""
