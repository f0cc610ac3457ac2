"""What a lead is worth: screening, score, tier, signals."""
