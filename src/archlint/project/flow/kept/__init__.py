"""What outlasts the run that made it: in attributes, in names of modules, under keys."""
