"""Inspector (文明巡检): field inspections that prove themselves, without a network."""
