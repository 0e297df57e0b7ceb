"""The rules in force as a short text for whoever writes code: told before what is checked after."""
