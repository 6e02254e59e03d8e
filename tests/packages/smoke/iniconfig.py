from iniconfig import IniConfig, ParseError

TEXT = """# a comment
[section1]
value1 = 5
value2=a b

[section2]  ; another
list =
   x
   y
empty=
"""


def start():
    ini = IniConfig("test.ini", data=TEXT)
    print(
        [section.name for section in ini], ini["section1"]["value1"], dict(ini["section1"].items())
    )
    print(
        repr(ini.get("section2", "list")),
        ini.get("section1", "value1", convert=int),
        ini.get("no", "no", default=7),
    )
    print(ini["section2"].lineof("list"), "section1" in ini, list(ini["section2"]))
    for wrong in ("[a]\n[a]", "x", "[a\nb=1", "[a]\nb=1\nb=2"):
        try:
            IniConfig("wrong.ini", data=wrong)
        except ParseError as error:
            print(error)
