"""``python -m kg`` is ``kg``."""

from kg.commands.main import main

main()
