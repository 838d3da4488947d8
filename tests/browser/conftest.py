"""Lets the tests here import what stands beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "desk"))
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "page"))
