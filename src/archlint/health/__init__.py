"""Whether archlint sees a project as it should: what was detected, what is amiss, and what to do about it."""
