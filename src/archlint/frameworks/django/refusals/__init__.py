"""What Django refuses to do: arguments, values, steps and expressions where they stand."""
