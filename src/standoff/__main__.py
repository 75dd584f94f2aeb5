"""`python -m standoff` is the command line."""

from standoff.cli import main

main()
