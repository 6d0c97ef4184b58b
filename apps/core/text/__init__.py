"""Pure functions on text: merging what two people wrote, showing what changed, rendering Markdown."""
