"""Bills of materials of software: CycloneDX and SPDX → `components`."""
