"""Under which licences all that is installed may be used: `python -m tests.audit.licences` prints the list, and fails
where one is not among those that we accept."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions

ALLOWED = frozenset(
    "MIT|MIT-0|MIT-CMU|BSD-2-Clause|BSD-3-Clause|0BSD|ISC|Apache-2.0|PSF-2.0|CNRI-Python|Zlib|CC0-1.0|Unlicense|Unicode-3.0"
    # those that ask changes to their own files to be shared; we change none
    "|MPL-1.1|MPL-2.0|LGPL-2.1-or-later|LGPL-3.0-only|LGPL-3.0-or-later".split("|")
)
"""By their SPDX names: https://spdx.org/licenses/"""

_SPDX = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
}
_LOOKED_UP = {"axe-playwright-python": "MIT"}
"""Those whose metadata say nothing; read in their own repository."""


def licence(found: Distribution) -> str:
    """The licence of a package as an SPDX expression, as far as its metadata tell; empty where they do not."""
    told = found.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    classifiers = [
        c.rpartition("::")[2].strip() for c in told.get_all("Classifier") or () if c.startswith("License ::")
    ]
    classifiers = [c for c in classifiers if c != "OSI Approved"]
    line = (str(told.get("License") or "").splitlines() or [""])[0].strip()
    names = classifiers or ([line] if line else [])
    return " AND ".join(_SPDX.get(name, name) for name in names) or _LOOKED_UP.get(_name(found), "")


def allowed(expression: str) -> bool:
    """Whether an SPDX expression lets us choose licences that are all accepted."""
    choices = re.split(r"\s+OR\s+", expression.replace("(", "").replace(")", ""))
    return any(all(part.strip() in ALLOWED for part in re.split(r"\s+AND\s+", choice)) for choice in choices)


def installed() -> list[tuple[str, str, str]]:
    """Name, version and licence of all that is installed beside Python itself, by name."""
    found = {_name(one): (_name(one), one.version, licence(one)) for one in distributions()}
    return [found[name] for name in sorted(found)]


def _name(found: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", str(found.metadata["Name"])).lower()


def main() -> int:
    packages = installed()
    for name, version, told in packages:
        print(f"{name:32}{version:14}{told or 'unknown'}{'' if allowed(told) else '   <- not accepted'}")
    refused = [name for name, _, told in packages if not allowed(told)]
    print(f"{len(packages)} packages, {len(refused)} under a licence that is not accepted")
    return int(bool(refused))


if __name__ == "__main__":
    sys.exit(main())
