import platformdirs
from platformdirs.unix import Unix


def start():
    print(
        Unix("app", "me", version="1.0").site_data_dir,
        Unix("app").site_config_dir,
        Unix("app", multipath=True).site_data_dir,
    )
    print(platformdirs.PlatformDirs is not None, Unix("app", "me").site_cache_dir)
