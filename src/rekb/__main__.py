"""`python -m rekb` is `rekb`."""

from rekb.cli import main

main()
