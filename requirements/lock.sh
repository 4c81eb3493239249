#!/bin/sh
# Renews the two lock files: what the product runs on, and what developing it needs on top.
set -eu
compile() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-header --no-annotate --quiet "$@"
}
compile --extra service -o requirements/run.txt
compile --extra dev -c requirements/run.txt -o requirements/dev.txt
