"""Write the JSON Schemas beside this file; with `release`, freeze them as what sources may rely on."""

import sys

from ingest.contracts.schemas.compare import breaking_release
from ingest.contracts.schemas.generate import FOLDER, RELEASED, read, schemas, write


def main(arguments: list[str]) -> int:
    """Exit status 0 done, 1 the release would break what was promised, 2 called wrongly."""
    if arguments not in ([], ["release"]):
        sys.stderr.write("usage: python -m ingest.contracts.schemas [release]\n")
        return 2
    broken = breaking_release(read(RELEASED), schemas())
    sys.stderr.writelines(f"breaks a released schema: {change}\n" for change in broken)
    write(FOLDER)
    if arguments and not broken:
        write(RELEASED)
    return 1 if broken else 0


sys.exit(main(sys.argv[1:]))
