"""Many products at once: the same numbers as `assess` gives for each, streamed, sharded and resumable."""
