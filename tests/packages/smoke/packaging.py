from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version


def start():
    versions = [
        Version(one)
        for one in ("1.0", "1.0.dev1", "1.0rc2", "2!0.1", "1.0.post3", "1.0+local.1", "0.9")
    ]
    print([str(one) for one in sorted(versions)])
    print(
        Version("1.2.3").release,
        Version("1!2.0b1").epoch,
        Version("2.0b1").pre,
        Version("2.0b1").is_prerelease,
    )
    print(SpecifierSet(">=1.0,!=1.5,<2").contains("1.4"), SpecifierSet("~=1.4.2").contains("1.5"))
    print(list(SpecifierSet(">=1.1").filter(["1.0", "1.1", "1.2rc1", "1.3"])))
    requirement = Requirement('requests[security,tests]>=2.8.1,==2.8.* ; python_version < "2.7"')
    print(
        requirement.name,
        sorted(requirement.extras),
        str(requirement.specifier),
        str(requirement.marker),
    )
    print(
        Marker('python_version > "3.6" and os_name == "posix"').evaluate(
            {"python_version": "3.8", "os_name": "posix"}
        )
    )
    print(
        canonicalize_name("Foo.Bar__baz"), parse_wheel_filename("foo_bar-1.0-py3-none-any.whl")[:2]
    )
    try:
        Version("not a version")
    except InvalidVersion as error:
        print(error)
