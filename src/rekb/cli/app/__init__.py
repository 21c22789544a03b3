"""What can be called: each command with its options and help."""
