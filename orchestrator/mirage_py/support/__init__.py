"""What every stage leans on: errors, processes, progress and files."""
