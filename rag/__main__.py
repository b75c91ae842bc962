"""`python -m rag`: the same as `footnote`."""

import sys

from rag.cli import main

sys.exit(main())
