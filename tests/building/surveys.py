"""Files of boundaries as an authority hands them over, made from the schematic, in all three formats."""

import warnings
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import geopandas
from shapely.geometry import shape

from geo.boundaries import boundaries_on

TODAY = date(2025, 7, 1)
DRIVERS = {".geojson": "GeoJSON", ".gpkg": "GPKG", ".shp": "ESRI Shapefile"}
VN2000 = "EPSG:3405"  # VN-2000, UTM zone 48N: what a Vietnamese survey is in

Change = Callable[[Any], Any]


def as_drawn(frame: Any) -> Any:
    """The schematic as it is."""
    return frame


def a_survey(
    path: Path, *, day: date = TODAY, crs: str | None = None, change: Change = as_drawn, layer: str | None = None
) -> Path:
    """Write the schematic of a day as a survey with the fields `ma` and `ten`; `change` has the last word on it."""
    features = boundaries_on(day)["features"]
    frame = geopandas.GeoDataFrame(
        {"ma": [each["id"] for each in features], "ten": [each["properties"]["name"] for each in features]},
        geometry=[shape(each["geometry"]) for each in features],
        crs="EPSG:4326",
    )
    frame = change(frame if crs is None else frame.to_crs(crs))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the writer, on what tests make wrong on purpose
        frame.to_file(path, driver=DRIVERS[path.suffix], engine="pyogrio", **({"layer": layer} if layer else {}))
    return path


def zipped(path: Path, folder: str = "ranh giới 2025") -> Path:
    """A zip of a file and its companions, in a folder, as people pack it, with what macOS adds."""
    packed = path.with_suffix(".zip")
    with ZipFile(packed, "w") as archive:
        for part in sorted(path.parent.glob(f"{path.stem}.*")):
            if part != packed:
                archive.write(part, f"{folder}/{part.name}")
                archive.writestr(f"__MACOSX/{folder}/._{part.name}", b"litter")
    return packed


def replaced(place: int, geometry: Any) -> Change:
    """The change that gives one feature another geometry."""

    def change(frame: Any) -> Any:
        geometries = frame.geometry.tolist()
        geometries[place] = geometry(geometries[place]) if callable(geometry) else geometry
        return frame.set_geometry(geopandas.GeoSeries(geometries, crs=frame.crs))

    return change


def with_codes(codes: Sequence[object]) -> Change:
    """The change that gives the features other codes."""

    def change(frame: Any) -> Any:
        return frame.assign(ma=list(codes))

    return change
