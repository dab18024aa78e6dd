"""Speed of looking for names."""
