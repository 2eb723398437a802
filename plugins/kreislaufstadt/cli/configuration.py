"""The site's settings read from mkdocs.yml as data, for commands that work without MkDocs."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

import yaml

from kreislaufstadt.history import read_history
from kreislaufstadt.site import Settings

if TYPE_CHECKING:
    from pathlib import Path


def read_settings(configuration: Path, content: Path, today: dt.date | None) -> Settings:
    """Settings of the site that ``configuration`` describes; what it does not say is left empty."""
    data = _read(configuration)
    theme = data.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    return Settings(
        name=str(data.get("site_name", "")) or content.resolve().parent.name,
        base_url=str(data.get("site_url", "")).rstrip("/") + "/",
        content=content,
        templates=(configuration.parent / str(custom or "overrides"),),
        today=today or default_day(),
        description=str(data.get("site_description", "")),
        changed=read_history(content),
    )


def default_day() -> dt.date:
    """The day of a build: that of ``SOURCE_DATE_EPOCH`` if it is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    return moment.date()


def _read(configuration: Path) -> dict[str, Any]:
    """The file as texts, lists and mappings; Python objects that it names are not made."""
    if not configuration.is_file():
        return {}
    data = yaml.load(configuration.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    return data if isinstance(data, dict) else {}
