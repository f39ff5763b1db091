"""The one exception a user can meet, and the shape of its message.

A message says where, what came, what was expected and what to do, in one line.
"""


class KgError(Exception):
    """Bad input or an impossible request, told in one line.

    Example:
        >>> raise KgError("corpus/07.txt: no such file; check the path")
        Traceback (most recent call last):
        ...
        kg.errors.KgError: corpus/07.txt: no such file; check the path
    """


class InternalError(KgError):
    """A promise of this package is broken: our mistake, not the user's."""
