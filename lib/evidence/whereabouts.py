"""The place that a number speaks of, where it is not the text's own."""
import re

WHOLE = re.compile(r"全(?:市|省|州|区|县|域|国|盟|旗)|(?:我|本)(?:市|省|州|区|县)")
LOWER = re.compile(r"(?<![市各省])(?:区|县|镇|乡镇|街道|村|社区)级(?!以上|联动)")
NAMED = re.compile(r"(?:^|(?<=[,，。;；、“”:：\s在于其中据和与为]))(?!全|各|本|我|该|城|市区|辖|社区|街道|园区|[大小]区|景区|地区|县|这|那|一|两|每|多|某|新|老|农|乡|进|入|到)"
                   r"[一-龥]{2,6}?(?:自治县|新区|开发区|经开区|高新区|街道|市|区|县|旗|镇|乡)(?!域|民|场|级|委|政|容|直|政府|口|别|间|域|划|里|内|外|道|管)")
COMMON = re.compile(r"(?:小区|社区|园区|校区|厂区|库区|景区|辖区|片区|城区|市区|街区|地区|城镇|乡镇|村镇|示范区|功能区|商业区|居民区|住宅区|超市|城市|门市|夜市|股市|都市|集市|山区|牧区|林区|灾区|战区|防区|巡区|禁区|专区|特区|老区)$")
NOT_LOWER = ("区", "县", "旗")


def spoken_of(document, words, start):
    """[(position in the sentence, place or \"\")]: from there on the numbers speak of this place; \"\" is the text's own."""
    own = document.entry.get("place_zh", "")
    found = [(m.start(), "") for m in WHOLE.finditer(words)]
    if not own.endswith(NOT_LOWER):
        found += [(m.start(), "下级") for m in LOWER.finditer(words)]
    found += [(m.start(), m[0]) for m in NAMED.finditer(words) if not COMMON.search(m[0]) and not _same(m[0], own)]
    return sorted(found)


def _same(name, own):
    return bool(own) and (name in own or own in name or own.rstrip("市区县") in name)


def governing(found, start, end):
    """The place that governs a number: the nearest named before it; a lower level also right behind it (265个村级中心)."""
    place = next((p for at, p in reversed(found) if at <= start), "")
    return next((p for at, p in found if end <= at <= end + 3 and p == "下级"), place)
