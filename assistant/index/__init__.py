"""The command that adds articles to the store and looks after it."""
