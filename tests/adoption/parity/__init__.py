"""archlint's verdicts beside those of the tools one moves in from, run for real.

`python -m tests.adoption.parity import-linter FOLDER …` compares them on whole projects, as their contracts
stand and mutated. The other tool may live in a Python of its own: `--python PATH`.
"""
