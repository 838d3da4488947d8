"""The tagger: corpora, network, learning, shipping."""
