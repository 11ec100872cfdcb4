"""What every command looks like: its help in the catalogue's words, its example, the options that many share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from inspector.model.errors import BadInput
from inspector.text import say

_Call = TypeVar("_Call", bound=Callable[..., Any])
# Typer ships a private copy of click: what its classes hand to each other has no public name
_Context = Any
_Formatter = Any


class Command(TyperCommand):
    """A command with its help in Chinese, unwrapped: terminals wrap, and only they know how wide a character is."""

    def format_help(self, ctx: _Context, formatter: _Formatter) -> None:
        formatter.write("\n".join(help_lines(self, ctx.command_path)))


class Group(TyperGroup):
    """A group of commands; an unknown command is told in Chinese."""

    def format_help(self, ctx: _Context, formatter: _Formatter) -> None:
        formatter.write("\n".join(help_lines(self, ctx.command_path)))

    def resolve_command(self, ctx: _Context, args: list[str]) -> Any:
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise BadInput(
                "cli-command-unknown", command=args[0], group=ctx.command_path, known=" ".join(self.commands)
            )
        return super().resolve_command(ctx, args)


def group(name: str, help: str) -> typer.Typer:
    """A group of commands."""
    return typer.Typer(
        name=name,
        cls=Group,
        help=help,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
    )


def command(within: typer.Typer, name: str, *, help: str, example: str) -> Callable[[_Call], _Call]:
    """Makes a function the command `name` of a group. A command without an example cannot be made."""
    return within.command(name, cls=Command, help=help, epilog=example)


def help_lines(one: Command | Group, path: str) -> Iterator[str]:
    """What `--help` prints: usage, what the command does, its arguments and options, its commands, an example."""
    arguments = [_argument(param) for param in one.params if isinstance(param, TyperArgument)]
    options = [_option(param) for param in one.params if isinstance(param, TyperOption) and not param.hidden]
    options.append(("--help", say("cli-help-of-help")))
    commands = [
        (name, (command.help or "").split("\n")[0])
        for name, command in (one.commands.items() if isinstance(one, Group) else ())
    ]
    usage = [name for name, _ in arguments] + ([say("cli-help-command")] if commands else [])
    yield say("cli-help-usage", usage=" ".join([path, say("cli-help-options-short"), *usage]))
    yield ""
    yield one.help or ""
    for heading, rows in (
        (say("cli-help-arguments"), [(name, text) for name, text in arguments if text]),
        (say("cli-help-options"), options),
        (say("cli-help-commands"), commands),
    ):
        if rows:
            width = max(len(name) for name, _ in rows)
            yield ""
            yield heading
            yield from (f"  {name:{width}}  {text}" for name, text in rows)
    if one.epilog:
        yield ""
        yield say("cli-help-example")
        yield from (f"  {line}" for line in one.epilog.split("\n"))


def _argument(param: TyperArgument) -> tuple[str, str]:
    name = f"{param.metavar}…" if param.nargs == -1 else str(param.metavar)
    return name if param.required else f"[{name}]", param.help or ""


def _option(param: TyperOption) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len))
    text = param.help or ""
    if param.multiple:
        text = say("cli-help-several", text=text)
    return names if param.is_flag else f"{names} {param.metavar}", text


def _there(file: Path | None) -> Path | None:
    """A file that is named on the command line, where there is one."""
    if file is not None and not file.is_file():
        raise BadInput("cli-file-missing", file=str(file))
    return file


def _all_there(files: list[Path] | None) -> list[Path] | None:
    for file in files or ():
        _there(file)
    return files


def _chosen(ctx: typer.Context, given: Path | None) -> Path | None:
    """--workspace behind the command; else before it; else what the environment names."""
    return given or ctx.find_root().obj


WORKSPACE = typer.Option(
    "--workspace", metavar="DIR", envvar="INSPECTOR_WORKSPACE", help=say("cli-workspace")
)
At = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help=say("cli-workspace"), callback=_chosen),
]
AsJson = Annotated[bool, typer.Option("--json", help=say("cli-json"))]
File = Annotated[Path, typer.Argument(metavar="FILE", help=say("cli-file"), callback=_there)]
Files = Annotated[list[Path], typer.Argument(metavar="FILE", help=say("cli-file"), callback=_all_there)]
Id = Annotated[str, typer.Argument(metavar="ID", help=say("cli-id"))]
ListFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=say("cli-list-file"), dir_okay=False)
]
PassphraseFiles = Annotated[
    list[str] | None, typer.Option("--passphrase-file", metavar="NAME=FILE", help=say("cli-passphrase-file"))
]


def optional_file(option: str, help: str) -> Any:
    """An option that names a file which must be there."""
    return typer.Option(option, metavar="FILE", help=help, callback=_there)


def optional_files(option: str, help: str) -> Any:
    """An option that names files, each of which must be there."""
    return typer.Option(option, metavar="FILE", help=help, callback=_all_there)
