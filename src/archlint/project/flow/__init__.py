"""Following values through the code: what each expression may be, in the order in which it runs.

A body is run abstractly, statement by statement, and its calls into other functions of the project with
the values that are passed. What happened to values that a framework knows is kept as a trace of events.
"""
