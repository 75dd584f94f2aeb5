"""Who says what: attributions in the parse, and the statements made of them."""
