"""Lets the tests of this folder share what they read of other people's records."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
