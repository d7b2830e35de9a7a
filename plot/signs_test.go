package plot

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font/sfnt"
	"pgregory.net/rapid"
)

// hostile are texts that people may give, with the signs in them that the font
// lacks.
var hostile = []struct {
	name, text string
	replaced   string
}{
	{"above the first plane", "Families \U0001F46A", "\U0001F46A"},
	{"joined signs", "\U0001F468\u200d\U0001F469\ufe0f", "\U0001F468\u200d\U0001F469\ufe0f"},
	{"escapes of a terminal", "a\x1b[31mred\x1b]0;owned\a", "\x1b\a"},
	{"no text", "a\xffb\xc3(", "\ufffd"},
	{"a mark over a letter that has its own sign", "Cafe\u0301", ""},
	{"a mark over a letter that has none", "q\u0301x", ""},
	{"right to left", "שלום 12 עולם", ""},
	{"right to left, not in the font", "مرحبا", "مرحبا"},
	{"marks of direction", "a\u202ecba\u200f", "\u202e\u200f"},
	{"markup", `<b> & "quotes' ]]>`, ""},
	{"a formula", "=1+1", ""},
	{"no characters", "a\ufffe\uffff", "\ufffe\uffff"},
	{"hyphens and blanks", "step\u2011down\u00a0\u2009x\u2028y", ""},
	{"far out", "\U000E0041\U0010FFFF", "\U000E0041\U0010FFFF"},
}

// withText is a figure with a text everywhere.
func withText(text string) *Figure {
	f := small()
	f.Title, f.Subtitle, f.Note, f.Summary = text, text, text, text
	for i := range f.Panels {
		f.Panels[i].Name = text
		f.Panels[i].Plot.X.Tick.Marker = nameTicks{names: []string{text, text}}
		f.Panels[i].Plot.Title.Text = text
	}
	f.Key[0].Label, f.Columns[0] = text, text
	f.row(text, 1)
	return f
}

func TestHostileTextInEveryFormat(t *testing.T) {
	for _, one := range hostile {
		t.Run(one.name, func(t *testing.T) {
			f := withText(one.text)
			checkWritten(t, f)
			var found []rune
			for sign, texts := range f.Replaced() {
				found = append(found, sign)
				assert.NotEmpty(t, texts)
			}
			var want []rune
			for _, r := range one.replaced {
				if !strings.ContainsRune(string(want), r) {
					want = append(want, r)
				}
			}
			assert.ElementsMatch(t, want, found)
		})
	}
}

func TestAnyTextInEveryFormat(t *testing.T) {
	texts := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	for seed := range 12 {
		var text strings.Builder
		for part := range 8 {
			text.WriteString(texts.Example(100*seed + part))
		}
		checkWritten(t, withText(text.String()))
	}
}

// checkWritten writes a figure in every format and checks what can be read back.
func checkWritten(t require.TestingT, f *Figure) {
	for _, format := range []Format{SVG, PNG, PDF, CSV} {
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, format))
		switch format {
		case SVG:
			require.True(t, utf8.Valid(b.Bytes()))
			checkXML(t, b.String())
		case CSV:
			require.True(t, utf8.Valid(b.Bytes()))
			_, err := csv.NewReader(&b).ReadAll()
			require.NoError(t, err)
		}
		if format == SVG || format == CSV {
			i := strings.IndexFunc(b.String(), func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\t\r", r) })
			require.Equal(t, -1, i, "%s has a control character", format)
		}
	}
}

// checkXML reads all of a drawing, and checks that every shape that it uses is in
// it once.
func checkXML(t require.TestingT, drawn string) {
	shapes := map[string]int{}
	var used []string
	for d := xml.NewDecoder(strings.NewReader(drawn)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			switch {
			case a.Name.Local == "id":
				shapes[a.Value]++
			case start.Name.Local == "use" && a.Name.Local == "href":
				used = append(used, strings.TrimPrefix(a.Value, "#"))
			}
		}
		require.NotEqual(t, "text", start.Name.Local, "text depends on the fonts of the machine")
	}
	for _, name := range used {
		require.Equal(t, 1, shapes[name], name)
	}
}

func TestWhatIsDrawnForASign(t *testing.T) {
	for text, want := range map[string]string{
		"£9m – “plan”":        "£9m – “plan”",
		"Families \U0001F46A": "Families □",
		"Cafe\u0301":          "Café",
		"a\u202eb\u00adc":     "abc",
		"step\u2011down":      "step-down",
		"a\tb\x00":            "a b□",
	} {
		shown, _ := inFont(text)
		assert.Equal(t, want, shown)
	}
	for text, want := range map[string]string{
		"plain":              "plain",
		"אבג":                "גבא",
		"case אב 123 גד, ok": "case דג 123 בא, ok",
		"12 אב":              "12 בא",
	} {
		assert.Equal(t, want, leftToRight(text))
	}
}

// A text is measured as it is drawn, and the bold font has the signs of the other.
func TestFontsHaveTheSameSigns(t *testing.T) {
	bold, err := sfnt.Parse(liberationsansbold.TTF)
	require.NoError(t, err)
	var a, b sfnt.Buffer
	for r := rune(0); r < 0x10000; r++ {
		one, _ := typefaceFile().GlyphIndex(&a, r)
		other, _ := bold.GlyphIndex(&b, r)
		require.Equal(t, one == 0, other == 0, "%U", r)
	}
	style := lettering(10, ink)
	assert.Equal(t, style.Width("Families □"), style.Width("Families \U0001F46A"))
}
