"""Every table of the product, imported so that the metadata knows them all."""

import app.evidence.article
import app.evidence.citation
import app.evidence.source
import app.intake.kept_reading
import app.intake.model_use
import app.negotiations.delegation
import app.negotiations.demand
import app.negotiations.issue
import app.negotiations.outcome
import app.negotiations.party
import app.negotiations.person
import app.negotiations.process
import app.negotiations.round
import app.review.revision  # noqa: F401
