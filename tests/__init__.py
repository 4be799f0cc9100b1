"""The tests: a file for each module, and the invariants that hold for every article."""
