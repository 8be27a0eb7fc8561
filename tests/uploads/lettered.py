"""A drawing with letters as programs write them: Illustrator's classes and tspans, Inkscape's lines, words by hand."""

SIZE = (400, 300)
LETTERED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
<style>.cls-1{font-family:'Archivo-Bold', 'Archivo';font-size:40px;font-weight:700}.cls-2{letter-spacing:2}</style>
<text class="cls-1" transform="translate(20 60)">North<tspan class="cls-2" x="0" y="44">Harbour Rowing</tspan></text>
<text xml:space="preserve" x="200" y="160"
   style="font-style:normal;font-weight:bold;font-size:32px;line-height:1.25;font-family:Rubik;text-anchor:middle"><tspan
   x="200" y="160">since 1921  AVA</tspan><tspan x="200" y="192" style="font-weight:300;font-size:75%">Light</tspan
   ></text>
<g style="font:italic 12px Georgia"><text x="50%" y="230" text-anchor="middle" text-transform="none"
   dx="0 5 5" letter-spacing=".1em" style="font:24px/1.2 'Noto Sans';text-transform:uppercase">
   spaced   to
   wave</text></g>
<text x="380" y="270" text-anchor="end" font-family="Noto Sans Arabic" font-size="28">شركة الملاحة</text>
<text x="20 60 95" y="265 275 265 280" font-family="Lobster" font-size="30" dominant-baseline="middle">Crew</text>
</svg>"""
