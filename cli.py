"""The launcher for a clone: ``python cli.py VERB ...`` is ``kg VERB ...``."""

from __future__ import annotations

from kg.commands.main import main

if __name__ == "__main__":
    main()
