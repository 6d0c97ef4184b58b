"""Measurements anyone can repeat: `.venv/bin/python -m bench.<name>`. Everything runs on 127.0.0.1."""
