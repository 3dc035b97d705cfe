"""Verbs: every function takes a session and the moment, changes rows, records the audit entry, and never commits."""
