"""The place that a number speaks of, where it is not the text's own."""
import re
from bisect import bisect_left
from functools import lru_cache

from lib.reading import places, segmentation

WHOLE = re.compile(r"全(?:市|省|州|区|县|域|国|盟|旗)|(?:我|本)(?:市|省|州|区|县)")
LOWER = re.compile(r"(?<![市各省])(?:区|县|镇|乡镇|街道|村|社区)级(?!以上|联动)")
NAMED = re.compile(r"(?:^|(?<=[,，。;；、“”:：\s]))(?:其中|其余|包括|位于|地处|在|于|据|以|如|对|从)?"
                   r"(?P<name>[一-龥]{2,4}?(?:自治县|新区|开发区|经开区|高新区|街道|市|区|县|旗|镇|乡))"
                   r"(?!域|民|场|级|区|县|镇|委会|容|直|别|间|域|划|里|内|外|道|管|街|市)")
COMMON = re.compile(r"(?:小区|社区|园区|校区|厂区|库区|景区|辖区|片区|城区|市区|街区|地区|城镇|乡镇|村镇|"
                    r"示范区|功能区|商业区|居民区|住宅区|超市|城市|门市|夜市|股市|都市|集市|警务区|责任区|管控区|服务区|商务区|办公区|山区|牧区|林区|灾区|战区|防区|巡区|禁区|专区|特区|老区|区县|市县|农村|所在[市县区])$")
FUNCTION = re.compile("[环其的了是在和与从对把被将各每些等及个这那全该本我某取建成立设两三四五六七八九十几多进入到]")


@lru_cache(maxsize=4)
def _known(chars):
    """Where the gazetteer's places stand in a text: [(start, end, written name)]."""
    return [(start, end, chars[start:end]) for start, end, *_ in places.mentioned(chars)]


def spoken_of(document, start, end):
    """[(position, place)] of a sentence: from there on numbers speak of it; \"\" is the text's own place."""
    chars, own = document.text.chars, document.entry.get("place_zh", "")
    found = [(m.start(), "") for m in WHOLE.finditer(chars, start, end)]
    if not own.endswith(("区", "县", "旗")):
        found += [(m.start(), "下级") for m in LOWER.finditer(chars, start, end)]
    known = _known(chars)
    known = known[bisect_left(known, (start,)):bisect_left(known, (end,))]
    found += [(a, "" if _same(name, own) else name) for a, _, name in known]
    found += [(m.start("name"), "" if _same(m["name"], own) else m["name"])
              for m in NAMED.finditer(chars, start, end) if _is_name(m, known)]
    return sorted(found)


def _is_name(m, known):
    """Whether what ends like a place is a name, and none that the gazetteer has told."""
    apart = not any(a < m.end() and m.start("name") < b for a, b, _ in known)
    if not apart or COMMON.search(m["name"]) or FUNCTION.search(m["name"]):
        return False
    word, tag = segmentation.tagged(m["name"])[0]
    return len(word) < 2 or tag[:1] not in "vdpcr"


def _same(name, own):
    return bool(own) and (name in own or own in name or own.rstrip("市区县") in name)


def governing(found, start, end):
    """The place that governs a number: the nearest before it; a lower level also right behind it (265个村级中心)."""
    place = next((p for at, p in reversed(found) if at <= start), "")
    return next((p for at, p in found if end <= at <= end + 3 and p == "下级"), place)
