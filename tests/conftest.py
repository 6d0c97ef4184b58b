"""What pytest loads first."""

pytest_plugins = ["tests.fixtures"]
