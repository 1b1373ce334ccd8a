import sys
from pathlib import Path

import pytest

from peelbook.framework import load_framework

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def framework():
    return load_framework()
