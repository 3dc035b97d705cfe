"""Forms of the office, one module a noun."""
