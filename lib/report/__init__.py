"""From comparisons to figures, tables, prose and one bound report."""

import sys

# Where it is there, jsonschema builds grammars with it for two seconds in each process; no notebook holds an address to
# be checked by them.
sys.modules.setdefault("rfc3987_syntax", None)
