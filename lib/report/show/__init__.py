"""What notebooks show: citations, sentences, labels, layout."""
