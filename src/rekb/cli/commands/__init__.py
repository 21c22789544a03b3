"""What each command does: one file for a command, or for few that are near."""
