"""The generator of the vectors is a script beside its data; `tests/passport/test_conformance_set.py` runs it."""

collect_ignore_glob = ["passports/generator/*"]
