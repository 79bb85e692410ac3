"""Which face serves which role on paper: licensed faces first, then open ones.

An office that owns 仿宋_GB2312, 方正小标宋 and the like puts them in the folder FONT_DIR;
they are taken by name as soon as fontconfig knows them. Fontconfig
substitutes silently, so every family is asked for and the answer is compared.
"""

import ctypes
import ctypes.util
import os
import re
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTCollection, TTFont

FANG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang")
KAI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FandolKai", "LXGW WenKai")
HEI = ("黑体", "SimHei", "STHeiti", "FandolHei")
SONG = ("宋体", "SimSun", "STSong", "FandolSong")
TITLE = (
    "方正小标宋_GBK",
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "FZXiaoBiaoSong-B05",
    "STZhongsong",
)
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
CHAINS = {
    "fang": (*FANG, SERIF),
    "kai": (*KAI, SERIF),
    "hei": (*HEI, SANS),
    "song": (*SONG, SERIF),
    "title": (*TITLE, SERIF),
}
"""Role → families in order of preference; the last one has every hanzi of the GBK."""

NEEDED = (SERIF, SANS)
SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")


@dataclass(frozen=True)
class Face:
    """A font file of this machine that answers to `family`."""

    family: str
    path: str
    index: int

    @cached_property
    def font(self) -> TTFont:
        if self.path.endswith((".ttc", ".otc")):
            return TTCollection(self.path, lazy=True).fonts[self.index]
        return TTFont(self.path, lazy=True)

    @cached_property
    def glyph_names(self) -> dict[int, str]:
        return self.font.getBestCmap()

    def has(self, character: str) -> bool:
        return ord(character) in self.glyph_names

    def advance(self, character: str) -> float:
        """The width of a character in em; 1 for one that the face lacks."""
        name = self.glyph_names.get(ord(character))
        if name is None:
            return 1.0
        return self.font["hmtx"][name][0] / self.font["head"].unitsPerEm


@cache
def _fontconfig() -> tuple[ctypes.CDLL, ctypes.c_void_p]:
    library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    for name in ("FcInitLoadConfigAndFonts", "FcNameParse", "FcFontMatch"):
        getattr(library, name).restype = ctypes.c_void_p
    return library, ctypes.c_void_p(library.FcInitLoadConfigAndFonts())


def _families(library: ctypes.CDLL, pattern: ctypes.c_void_p) -> set[str]:
    found, position, value = set(), 0, ctypes.c_char_p()
    while library.FcPatternGetString(pattern, b"family", position, ctypes.byref(value)) == 0:
        found.add(value.value.decode())
        position += 1
    return found


@cache
def face(family: str) -> Face | None:
    """The face that answers to exactly this family name, or None."""
    library, config = _fontconfig()
    escaped = f"{family}:weight=80".replace("-", "\\-").encode()
    pattern = ctypes.c_void_p(library.FcNameParse(escaped))
    library.FcConfigSubstitute(config, pattern, 0)
    library.FcDefaultSubstitute(pattern)
    result = ctypes.c_int()
    match = ctypes.c_void_p(library.FcFontMatch(config, pattern, ctypes.byref(result)))
    if not match.value:
        return None
    path, index = ctypes.c_char_p(), ctypes.c_int()
    library.FcPatternGetString(match, b"file", 0, ctypes.byref(path))
    library.FcPatternGetInteger(match, b"index", 0, ctypes.byref(index))
    known = family in _families(library, match)
    # The upper half of the index names an instance of a variable font.
    return Face(family, os.fsdecode(path.value), index.value & 0xFFFF) if known else None


@cache
def chain(role: str) -> tuple[Face, ...]:
    """The faces of a role that this machine has, best first; RuntimeError for none."""
    found = tuple(one for one in map(face, CHAINS[role]) if one is not None)
    if not found:
        raise RuntimeError(f"No font serves “{role}”: install {', '.join(CHAINS[role][-2:])}.")
    return found


def css_family(role: str) -> str:
    """The value of font-family for a role."""
    return ", ".join(f'"{one.family}"' for one in chain(role))


def is_stand_in(role: str) -> bool:
    """Is the face of a role only the general fallback (小标宋 set in a bold serif)?"""
    return chain(role)[0].family in NEEDED


def fallen_back(text: str, role: str = "fang") -> str:
    """The characters of `text` that the first face of a role lacks, each once."""
    first = chain(role)[0]
    return "".join(sorted({c for c in text if not c.isspace() and not first.has(c)}))


def uncovered(text: str, role: str = "fang") -> str:
    """The characters of `text` that no face of a role has; they would print as boxes."""
    faces = chain(role)
    missing = {c for c in text if not c.isspace() and not any(one.has(c) for one in faces)}
    return "".join(sorted(missing))


def embedded(pdf: bytes) -> set[str]:
    """The names of the fonts in a PDF, without their subset tags."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = (
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
        )
        return {SUBSET_TAG.sub("", str(one.BaseFont).lstrip("/")) for one in fonts}


def allowed() -> set[str]:
    """The names under which the faces of the chains appear in a PDF."""
    families = {one.family.replace(" ", "-") for role in CHAINS for one in chain(role)}
    return families | {f"{name}-Bold" for name in families}


def strangers(pdf: bytes) -> set[str]:
    """The fonts in a PDF that stand on no chain: fontconfig substituted silently."""
    return embedded(pdf) - allowed()
