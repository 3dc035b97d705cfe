"""Reads: every function takes a session and a day, returns small frozen values, and writes nothing."""
