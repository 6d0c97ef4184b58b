"""Makes the fonts of the PDF from npm packages: static TTF, because WOFF2 in @font-face doubles the time of short documents.

npm install inter-ui source-serif @fontsource/ibm-plex-mono @fontsource/noto-sans-arabic @fontsource/noto-sans-hebrew @fontsource/noto-emoji
python apps/exports/fonts/make.py node_modules
"""

import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
INTER, SERIF, SOURCE = "inter-ui/web", "source-serif/WOFF2/TTF", "@fontsource"
FACES = {
    "Inter-Regular": f"{INTER}/Inter-Regular.woff2",
    "Inter-Medium": f"{INTER}/Inter-Medium.woff2",
    "Inter-SemiBold": f"{INTER}/Inter-SemiBold.woff2",
    "SourceSerif4-Regular": f"{SERIF}/SourceSerif4-Regular.ttf.woff2",
    "SourceSerif4-Semibold": f"{SERIF}/SourceSerif4-Semibold.ttf.woff2",
    "SourceSerif4Display-Light": f"{SERIF}/SourceSerif4Display-Light.ttf.woff2",
    "IBMPlexMono-Regular": f"{SOURCE}/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2",
    "NotoSansArabic-Regular": f"{SOURCE}/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2",
    "NotoSansHebrew-Regular": f"{SOURCE}/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal.woff2",
}
LICENCES = {
    "Inter": "inter-ui/LICENSE.txt",
    "SourceSerif4": "source-serif/LICENSE.md",
    "IBMPlexMono": f"{SOURCE}/ibm-plex-mono/LICENSE",
    "NotoSansArabic": f"{SOURCE}/noto-sans-arabic/LICENSE",
    "NotoSansHebrew": f"{SOURCE}/noto-sans-hebrew/LICENSE",
    "NotoEmoji": f"{SOURCE}/noto-emoji/LICENSE",
}


def make(source: Path, target: Path) -> None:
    """One static TrueType file: every character kept, hints and stylistic alternates dropped."""
    font = TTFont(source)
    font.flavor = None
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = record.toUnicode().removesuffix(" Thin")
    options = subset.Options(
        hinting=False, notdef_outline=True, name_IDs=["*"], name_languages=["*"], glyph_names=False
    )
    options.layout_features = [*subset.Options._layout_features_default, "tnum"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(font.getBestCmap()))
    cutter.subset(font)
    font.save(target, reorderTables=True)


def emoji(parts: list[Path]) -> None:
    """One file of all parts: WeasyPrint mixes up the glyphs of two files that have the same name."""
    with tempfile.TemporaryDirectory() as folder:
        loose = [str(Path(folder) / f"{number}.ttf") for number, _ in enumerate(parts)]
        for source, target in zip(parts, loose, strict=True):
            font = TTFont(source)
            font.flavor = None
            font.save(target)
        whole = Path(folder) / "emoji.ttf"
        merge.Merger().merge(loose).save(whole)
        make(whole, HERE / "NotoEmoji-Regular.ttf")


def main(modules: Path) -> None:
    """Writes every face and licence beside this file."""
    for name, path in FACES.items():
        make(modules / path, HERE / f"{name}.ttf")
    emoji(sorted((modules / SOURCE / "noto-emoji" / "files").glob("noto-emoji-[0-9]*-400-normal.woff2")))
    for name, path in LICENCES.items():
        (HERE / f"LICENCE-{name}.txt").write_text((modules / path).read_text())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
