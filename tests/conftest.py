"""Settings of all tests."""

import os

from hypothesis import settings

# No deadline: a test judges what the code does, not how fast this machine is.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
