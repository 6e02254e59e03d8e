"""The mistakes that a config.py can hold, each with its wording, by what they are about."""
