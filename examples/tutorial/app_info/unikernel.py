"""What an image is made of: it is in the image, from the lock that it was built by."""

from mirage import info


def start() -> None:
    print("libraries:")
    for library in info.libraries:
        print("  - %s.%s" % (library.name, library.version or "n/a"))
