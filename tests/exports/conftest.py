"""The known talks of the negotiation's pages, for the pages that take them along."""

from tests.negotiations.conftest import client as client
from tests.negotiations.conftest import process_id as process_id
