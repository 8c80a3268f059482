"""CPU that was spent, to the microsecond: by this process and by those that it has started and waited for."""

from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage


def cpu_spent() -> float:
    """Seconds since the process began."""
    return sum(found.ru_utime + found.ru_stime for found in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))
