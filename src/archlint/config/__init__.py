"""The configuration: `lookup` finds it, `loading` reads it, `model` is what comes of it.

Nothing is imported here: a run that only repeats the last report needs no more than `lookup`.
"""
