"""The rep's time zone."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadtui.settings.model import Settings


class SystemZone(tzinfo):
    """The time zone of the machine, summer time included, on every platform."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        if moment is None:
            moment = datetime.now()
        return timedelta(seconds=self._local(moment).tm_gmtoff)

    def dst(self, moment: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        return self._local(moment or datetime.now()).tm_zone

    def fromutc(self, moment: datetime) -> datetime:
        local = moment.replace(tzinfo=UTC).astimezone()
        here = local.replace(tzinfo=self)
        return here if here.utcoffset() == local.utcoffset() else here.replace(fold=1)

    @staticmethod
    def _local(moment: datetime) -> time.struct_time:
        return time.localtime(moment.replace(tzinfo=None).timestamp())


def zone(settings: Settings) -> tzinfo:
    """The zone that the settings name, else the machine's."""
    if not settings.look.timezone:
        return SystemZone()
    from zoneinfo import ZoneInfo

    return ZoneInfo(settings.look.timezone)
