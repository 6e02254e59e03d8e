"""The command `mirage-py`: app.py, and one file per verb."""
