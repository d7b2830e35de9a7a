package plot

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	record "gonum.org/v1/plot/vg/recorder"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// standIn is drawn for a sign that the font does not have.
const standIn = '□'

// Replaced returns the signs of the figure's texts that its font does not have,
// each with the texts in which it stands, line by line as they are drawn. A box is
// drawn for such a sign, or nothing if it is invisible anyway, such as a mark that
// sets the direction of text. A byte that is no UTF-8 counts as U+FFFD. A figure
// that cannot be drawn has none.
func (f *Figure) Replaced() map[rune][]string {
	if f == nil {
		return nil
	}
	width, height, err := f.size()
	if err != nil {
		return nil
	}
	across, up, _ := sheet(width, height)
	found := &finder{width: across, height: up, in: map[rune][]string{}}
	f.draw(found)
	return found.in
}

// finder is a canvas that draws nothing and notes signs that are replaced.
type finder struct {
	record.Canvas

	width, height vg.Length
	in            map[rune][]string
}

// Size returns the size that is drawn on.
func (f *finder) Size() (width, height vg.Length) { return f.width, f.height }

func (f *finder) note(signs []rune, text string) {
	for _, sign := range signs {
		if !slices.Contains(f.in[sign], text) {
			f.in[sign] = append(f.in[sign], text)
		}
	}
}

// letters measures and draws every text as the font can show it.
type letters struct {
	text.Plain
	currency string // of every pound sign; empty for sterling, or that of the canvas
}

// Box measures what is drawn for a line of text.
func (l letters) Box(line string, f font.Font) (width, height, depth vg.Length) {
	line, _ = inFont(words.In(l.currency, line))
	return l.Plain.Box(line, f)
}

// Draw draws a text, with a box for each sign that the font lacks.
func (l letters) Draw(c vg.Canvas, s string, style text.Style, at vg.Point) {
	canvas := under(c)
	if own, ok := canvas.(ofCurrency); ok {
		s, canvas = words.In(own.code, s), own.CanvasSizer
	}
	shown, signs := inFont(s)
	if found, ok := canvas.(*finder); ok {
		found.note(signs, s)
	}
	l.Plain.Draw(c, leftToRight(shown), style, at)
}

// under is what is drawn on in the end: a part of a canvas is a canvas of its own.
func under(c vg.Canvas) vg.Canvas {
	for {
		switch part := c.(type) {
		case *draw.Canvas:
			c = part.Canvas
		case draw.Canvas:
			c = part.Canvas
		default:
			return c
		}
	}
}

// inFont returns a text as the font can show it, and the signs that were replaced.
func inFont(s string) (shown string, replaced []rune) {
	if plain(s) {
		return s, nil
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == '\n' || hasGlyph(r) && !invisible(r):
			b.WriteRune(r)
		case r == '\u2010' || r == '\u2011': // hyphens that every font can draw as its own
			b.WriteByte('-')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case invisible(r):
			replaced = append(replaced, r)
		default:
			b.WriteRune(standIn)
			replaced = append(replaced, r)
		}
	}
	return b.String(), replaced
}

// plain reports whether a text has printable signs of ASCII alone.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// invisible reports whether a sign has no shape of its own: marks of direction
// and joining, and choices between shapes of the sign before.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// known is which signs the font has, as far as they were asked for. The bold font
// has the same.
var known sync.Map

// typefaceFile is the font as it is drawn.
var typefaceFile = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(liberationsansregular.TTF)
	if err != nil {
		panic(err) // the font is part of the program
	}
	return f
})

// hasGlyph reports whether the font has a sign.
func hasGlyph(r rune) bool {
	if has, ok := known.Load(r); ok {
		return has.(bool)
	}
	var buffer sfnt.Buffer
	index, err := typefaceFile().GlyphIndex(&buffer, r)
	has := err == nil && index != 0 && r != utf8.RuneError && !unicode.IsControl(r)
	known.Store(r, has)
	return has
}

// leftToRight puts letters that are written from right to left in the order in
// which they stand, as every format draws signs from left to right. Hebrew is the
// only such script of the font.
func leftToRight(s string) string {
	if !strings.ContainsFunc(s, hebrew) {
		return s
	}
	runes := []rune(s)
	for from := 0; from < len(runes); from++ {
		if !hebrew(runes[from]) {
			continue
		}
		end := from + 1 // of the letters, with what stands between them
		for i := end; i < len(runes) && (hebrew(runes[i]) || !unicode.IsLetter(runes[i]) && runes[i] != '\n'); i++ {
			if hebrew(runes[i]) {
				end = i + 1
			}
		}
		turn(runes[from:end])
		from = end
	}
	return string(runes)
}

// turn reverses letters and leaves numbers between them as they are.
func turn(runes []rune) {
	slices.Reverse(runes)
	for from := 0; from < len(runes); from++ {
		end := from
		for end < len(runes) && unicode.IsDigit(runes[end]) {
			end++
		}
		slices.Reverse(runes[from:end])
		from = max(from, end-1)
	}
}

func hebrew(r rune) bool { return unicode.Is(unicode.Hebrew, r) }
