"""Where findings are shown: at expressions, at classes and functions, at models and their members."""
