"""The tests: they mirror kg/; what holds for the whole house lies at this level."""
