"""The code behind ./scoperoom: standard library only, because it runs before anything is installed."""
