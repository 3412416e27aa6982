"""Looking at a page that hangs: its script answers nothing, but what the compositor draws is on the screen."""

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

_LOOK_EVERY: Final = 0.5
_SETTLED_AFTER: Final = 1.0
"""Seconds: what the page had painted just before comes a frame or two later."""
_ENOUGH: Final = 0.004
"""So much of the picture has to be another: a banner over the page is more, a digit of the clock is less."""
_SIZE: Final = {"format": "png", "maxWidth": 480, "maxHeight": 270}
_CHANGED: Final = """async ([one, other]) => {
  const pixels = async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  };
  const [before, after] = [await pixels(one), await pixels(other)];
  let changed = 0;
  for (let at = 0; at < before.length; at += 4) {
    const by = [0, 1, 2].map((colour) => Math.abs(before[at + colour] - after[at + colour]));
    if (Math.max(...by) > 24) changed += 1;
  }
  return changed / (before.length / 4);
}"""


class Eye:
    """Compares pictures in a page of its own, which is not one of the wall."""

    def __init__(self, page: "Page") -> None:
        self._page = page

    async def sees_change(self, cdp: "CDPSession", seconds: float) -> float | None:
        """When (seconds since 1970) the picture became another one without its script; None within these seconds."""
        newest: list[str] = []

        def keep(frame: dict[str, Any]) -> None:
            newest[:] = [frame["data"]]
            acknowledged = cdp.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})
            asyncio.get_running_loop().create_task(_quietly(acknowledged))

        cdp.on("Page.screencastFrame", keep)
        await cdp.send("Page.startScreencast", _SIZE)
        try:
            return await self._look(newest, time.time() + seconds)
        finally:
            cdp.remove_listener("Page.screencastFrame", keep)
            await _quietly(cdp.send("Page.stopScreencast"))

    async def _look(self, newest: list[str], until: float) -> float | None:
        await asyncio.sleep(_SETTLED_AFTER)
        first = newest[0] if newest else None
        while time.time() < until:
            looked = time.time()
            if first is None:
                first = newest[0] if newest else None
            elif await self._page.evaluate(_CHANGED, [first, newest[0]]) > _ENOUGH:
                return looked
            await asyncio.sleep(_LOOK_EVERY)
        return None


async def _quietly(sent: Any) -> None:
    """A message to a page that may be gone by now."""
    try:
        await sent
    except Exception:  # noqa: BLE001 - then there is nothing to tell it
        return
