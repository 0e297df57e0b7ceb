"""`python -m archlint`."""

import sys

if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", False):
        # The current folder, which may be the linted project: a `click.py` in it would run.
        del sys.path[0]

    from archlint.cli import main

    main()
