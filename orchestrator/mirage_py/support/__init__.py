"""What every stage leans on: errors, processes, progress and files. Imports nothing of mirage_py."""
