"""The rehearsal on a fresh machine; tests/rehearse starts it. Standard library only: it runs before
anything is installed."""
