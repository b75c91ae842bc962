"""`python -m evals`: the same as `footnote`."""

import sys

from evals.cli import main

sys.exit(main())
