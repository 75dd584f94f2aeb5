"""Amounts, rates and counts, as news words them."""
