package plot

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
)

// Whatever names hold, SVG is well-formed XML and the table of figures is CSV, both
// valid text without control characters.
func FuzzNames(f *testing.F) {
	for _, text := range []string{
		"Derby", "a<b>&c;\"d'", "]]>", "<!--", "\x1b[2J", "a\nb", "\u202eabc", "\xff\xfe", "élevé", "£9m plan", "=1+1", "\ufffe", "\U000e0041", "", "\x00", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "مرحبا", strings.Repeat("long ", 60),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 400 {
			return // each letter is drawn
		}
		p := plot.New()
		p.Title.Text, p.X.Label.Text, p.Y.Label.Text = text, text, text
		line, err := plotter.NewLine(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}})
		require.NoError(t, err)
		p.Add(line)
		p.NominalX(text, "b")
		figure := &Figure{
			Title: text, Subtitle: text, Note: text, Summary: text, Key: []KeyEntry{{text, box{fill: middle}}}, Panels: []Panel{{text, p}},
			Columns: []string{text, "figure"}, Rows: [][]any{{text, 1.5}, {"b", 2}},
		}
		var svg, sheet bytes.Buffer
		require.NoError(t, figure.Write(&svg, SVG))
		require.NoError(t, figure.Write(&sheet, CSV))
		for _, out := range []string{svg.String(), sheet.String()} {
			require.True(t, utf8.ValidString(out))
			for _, r := range out {
				require.False(t, r < ' ' && r != '\n' && r != '\t' && r != '\r' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff, "%q", r)
			}
		}
		for decoder := xml.NewDecoder(&svg); ; {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else {
				require.NoError(t, err)
			}
		}
		rows, err := csv.NewReader(&sheet).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 3)
		_, _ = figure.Alt(), figure.Replaced()
	})
}
