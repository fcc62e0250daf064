"""Why an article could not be read, in words for whoever looks after the machine."""


class NotRead(Exception):
    """The reader gives no reading; the message says why, and what to do about it."""
