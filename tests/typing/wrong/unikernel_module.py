# error: Module "mirage" has no attribute "logging"  [attr-defined]
from mirage import logging

logging.info("hello")
