"""The features of a survey in degrees (WGS 84): what the file says, not yet whether it is right."""

import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas
import numpy as np
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataSourceError
from pyproj.exceptions import CRSError, ProjError

from geo.errors import SurveyError
from geo.survey.files import Payload

_MOST_FEATURES = 20_000
_DEGREES = "EPSG:4326"
_AREAL = {"Polygon", "MultiPolygon"}


@dataclass(frozen=True, slots=True)
class Fields:
    """Where in a file its facts are: the attribute with the code, the one with the name, the layer, the CRS."""

    code: str
    name: str | None = None
    layer: str | None = None
    crs: str | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature as it was given: its number counts from 1, `geometry` is in degrees and may be invalid."""

    number: int
    code: object
    name: str | None
    geometry: Any


@dataclass(frozen=True, slots=True)
class Survey:
    """All features of a file, the coordinate system it was in, and what the reader had to remark."""

    features: tuple[Feature, ...]
    crs: str
    remarks: tuple[str, ...]


def read_survey(payload: Payload, fields: Fields) -> Survey:
    """Read a survey and bring it to degrees. Raises `SurveyError`, which names each bad feature."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        frame = _from_geojson(payload, fields) if payload.format == "GeoJSON" else _from_file(payload, fields)
    if not 1 <= len(frame) <= _MOST_FEATURES:
        raise SurveyError(f"the survey has {len(frame)} features: from 1 to {_MOST_FEATURES:,} can be imported")
    _check_areal(frame.geometry.tolist())
    crs = _crs(frame.crs, fields.crs, payload.format)
    geometries = _in_degrees(frame.geometry.tolist(), crs)
    codes = frame[fields.code].tolist()
    names = [None] * len(codes) if fields.name is None else frame[fields.name].tolist()
    rows = zip(codes, names, geometries, strict=True)
    features = tuple(
        Feature(number, code, name if isinstance(name, str) else None, geometry)
        for number, (code, name, geometry) in enumerate(rows, start=1)
    )
    return Survey(features, crs.to_string(), tuple(sorted({str(each.message) for each in caught})))


def _from_geojson(payload: Payload, fields: Fields) -> Any:
    """The features of a GeoJSON; without a word on its coordinates they are degrees (RFC 7946)."""
    document = _json(next(iter(payload.parts.values())))
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise SurveyError("the file is JSON, but no GeoJSON FeatureCollection")
    problems = [f"feature {n} is no Feature" for n, each in enumerate(features, 1) if not isinstance(each, dict)]
    _refuse(problems)
    attributes = [each.get("properties") or {} for each in features]
    _check_fields(fields, dict.fromkeys(key for each in attributes if isinstance(each, dict) for key in each))
    named = [field for field in (fields.code, fields.name) if field is not None]
    columns = {field: [each.get(field) for each in attributes] for field in named}
    geometries = [_geometry(each.get("geometry"), n, problems) for n, each in enumerate(features, 1)]
    _refuse(problems)
    return geopandas.GeoDataFrame(columns, geometry=geometries, crs=_named_crs(document))


def _json(data: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SurveyError(f"the file is no JSON: {error}") from error
    return document if isinstance(document, dict) else {}


def _geometry(given: object, number: int, problems: list[str]) -> Any:
    if given is None:
        return None
    try:
        return shapely.from_geojson(json.dumps(given))
    except (shapely.errors.GEOSException, ValueError) as error:
        problems.append(f"feature {number} has no geometry that can be read: {error}")
        return None


def _named_crs(document: Mapping[str, Any]) -> str:
    """The coordinate system that an old GeoJSON names; a link to one is not followed."""
    named = document.get("crs")
    if named is None:
        return _DEGREES
    try:
        return str(named["properties"]["name"])
    except (KeyError, TypeError) as error:
        raise SurveyError("the file's crs is not given by its name: take it out and give --crs") from error


def _from_file(payload: Payload, fields: Fields) -> Any:
    with TemporaryDirectory(prefix="ioc-survey-") as folder:
        for suffix, data in payload.parts.items():
            (Path(folder) / f"survey{suffix}").write_bytes(data)
        path = Path(folder) / f"survey{next(iter(payload.parts))}"
        try:
            layer = _layer(path, fields.layer)
            info = pyogrio.read_info(path, layer=layer)
            _check_fields(fields, info["fields"].tolist())
            columns = [field for field in (fields.code, fields.name) if field is not None]
            return geopandas.read_file(
                path, layer=layer, columns=columns, engine="pyogrio", on_invalid="fix", rows=_MOST_FEATURES + 1
            )
        except (DataSourceError, shapely.errors.GEOSException, ValueError, UnicodeError) as error:
            sentence = str(error).replace(folder, "").strip("/")
            raise SurveyError(f"the {payload.format} can't be read: {sentence}") from error


def _layer(path: Path, wanted: str | None) -> str:
    layers = [str(name) for name, geometry in pyogrio.list_layers(path) if geometry is not None]
    if wanted is not None and wanted not in layers:
        raise SurveyError(f"the file has no layer {wanted}: it has {', '.join(layers) or 'none'}")
    if not layers:
        raise SurveyError("the file has tables alone and no layer with geometry")
    if wanted is None and len(layers) > 1:
        raise SurveyError(f"the file has {len(layers)} layers ({', '.join(layers)}): choose one with --layer")
    return wanted or layers[0]


def _check_fields(fields: Fields, found: Iterable[str]) -> None:
    known = list(found)
    for field in (fields.code, fields.name):
        if field is not None and field not in known:
            raise SurveyError(f"the features have no field {field}: they have {', '.join(known) or 'none'}")


def _check_areal(geometries: Sequence[Any]) -> None:
    problems = []
    for number, geometry in enumerate(geometries, start=1):
        if geometry is None or geometry.is_empty:
            problems.append(f"feature {number} has no geometry")
        elif geometry.geom_type not in _AREAL:
            problems.append(f"feature {number} is a {geometry.geom_type}: boundaries are polygons")
        elif not np.isfinite(shapely.get_coordinates(geometry)).all():
            problems.append(f"feature {number} has a coordinate that is no number")
    _refuse(problems)


def _crs(of_file: Any, given: str | None, format_: str) -> Any:
    named = of_file
    if given is not None:
        stated = _parsed(given)
        if of_file is not None and format_ != "GeoJSON" and not stated.equals(of_file, ignore_axis_order=True):
            raise SurveyError(f"the file says that it is in {of_file.to_string()}, --crs says {given}: leave --crs out")
        named = stated
    if named is None:
        raise SurveyError("the file does not say which coordinate system it is in: give --crs, such as --crs EPSG:4326")
    return named


def _parsed(text: str) -> Any:
    try:
        return pyproj.CRS.from_user_input(text)
    except CRSError as error:
        raise SurveyError(f"{text} is no coordinate system: name one such as EPSG:4326 or EPSG:3405") from error


def _in_degrees(geometries: Sequence[Any], crs: Any) -> list[Any]:
    try:
        moved: list[Any] = geopandas.GeoSeries(list(geometries), crs=crs).to_crs(_DEGREES).tolist()
    except (CRSError, ProjError, ValueError) as error:
        raise SurveyError(f"coordinates in {crs.to_string()} can't be brought to degrees: {error}") from error
    for number, geometry in enumerate(moved, start=1):
        points = shapely.get_coordinates(geometry)
        if not np.isfinite(points).all() or (np.abs(points) > [180, 90]).any():
            raise SurveyError(
                f"feature {number} lies outside the world: its coordinates are not in {crs.to_string()} (--crs),"
                " or longitude and latitude are swapped"
            )
    return moved


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise SurveyError(listed(problems))


def listed(problems: Sequence[str], most: int = 12) -> str:
    """Problems as one sentence, the first dozen of them."""
    more = [f"and {len(problems) - most} more"] if len(problems) > most else []
    return "; ".join([*problems[:most], *more])
