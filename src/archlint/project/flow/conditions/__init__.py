"""What conditions and operators tell of values, and which way they let a run go."""
