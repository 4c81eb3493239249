"""Which way emissions travel, as a picture: an SVG 360 wide, from what is bought or burnt down to the product sold."""

from footprint.sankey.picture import picture

__all__ = ["picture"]
