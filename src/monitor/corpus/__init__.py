"""Answer what only many articles can tell."""
