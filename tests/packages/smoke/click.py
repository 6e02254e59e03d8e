import click
from click.testing import CliRunner


@click.group()
def tool():
    """A tool."""


@tool.command()
@click.option("--count", default=1, help="How often.", type=int)
@click.option("--loud/--quiet", default=False)
@click.argument("name")
def greet(count, loud, name):
    """Greet NAME."""
    for _ in range(count):
        text = "Hello, %s!" % name
        click.echo(text.upper() if loud else text)


def start():
    for args in (["greet", "you"], ["greet", "--count", "2", "--loud", "you"]):
        tool.main(args, standalone_mode=False, prog_name="tool")
    for args in (["--help"], ["greet", "--help"]):
        tool.main(args, standalone_mode=False, prog_name="tool")
    try:
        tool.main(["greet", "--count", "x", "you"], standalone_mode=False, prog_name="tool")
    except click.UsageError as error:
        print(error.format_message())
    print(click.style("a", fg="red"), click.format_filename("b"), CliRunner is not None)
