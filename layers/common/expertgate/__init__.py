"""The layer of all functions."""

import gc

from expertgate.settings import COLLECT_AFTER

# What is imported stays: looking through it forty times for garbage would be a twelfth of each cold start.
gc.set_threshold(COLLECT_AFTER)
