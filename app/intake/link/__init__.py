"""Finds become records, or add citations to records that are there."""

from app.intake.link.article import link

__all__ = ["link"]
