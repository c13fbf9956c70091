"""No test reaches the network: the guard, for this process and for those that the tests start."""
