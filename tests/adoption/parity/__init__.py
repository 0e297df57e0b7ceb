"""archlint's verdicts beside those of the tools one moves in from, run for real.

`python -m tests.adoption.parity import-linter FOLDER …` compares them on whole projects, as their contracts
stand and mutated. The other tool may live in a Python of its own: `--python PATH`.

One difference is known and meant: archlint follows `import_module("shop")` and `__import__("shop")` with a
literal, which tach does not see. gt4py (`next/config.py`) and PennyLane (`math/single_dispatch.py`) have one
such import each; without it their contracts as they stand are judged alike.
"""
