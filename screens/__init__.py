"""What a rep sees: one file a screen."""
