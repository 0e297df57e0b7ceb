"""What archlint has to say about its own work: files it cannot read, suppressions that do nothing.

This pack is always in force. Silence must not look like a pass.
"""
