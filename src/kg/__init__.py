"""Zhengtu (政图): knowledge graphs from Chinese policy writing.

Example:
    >>> import kg
    >>> kg.__version__
    '0.1.0'
"""

__version__ = "0.1.0"
