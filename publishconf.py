"""What only the live site needs, on top of pelicanconf.py: `publish` reads this file, `serve` and `build` the other."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))  # where pelicanconf.py is, whoever reads this file

from pelicanconf import *  # noqa: F403  all settings are the same but for those below
