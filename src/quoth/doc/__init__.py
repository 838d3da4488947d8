"""Words, sentences, quotation marks, names, numbers and dates of a text, always with offsets."""
