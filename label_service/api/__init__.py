"""Routes: one thin file per audience."""
