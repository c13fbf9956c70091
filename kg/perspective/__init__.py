"""What a party holds true, as known on a date."""
