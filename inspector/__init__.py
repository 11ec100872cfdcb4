"""Inspector (文明巡检): field inspections that prove themselves, without a network."""

__version__ = "0.1.0"
