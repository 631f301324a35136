"""What holds for every test: how long an example takes is no matter of right and wrong."""

from hypothesis import settings

settings.register_profile("companion", deadline=None)
settings.load_profile("companion")
