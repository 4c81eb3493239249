"""What physically happened on a farm and on the way to the shop: kilograms, kilowatt-hours, tonne-kilometres.

No CO2e, no clock, no network, no randomness. `footprint` says what it means.
"""
