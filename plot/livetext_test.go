package plot

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	xfont "golang.org/x/image/font"
)

// Every letter of a subset has the outline and the width that it has in the font,
// composed letters too, and no other letter is there.
func TestSubset(t *testing.T) {
	for _, ttf := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		runes := []rune("Payments £1,234.56 – “é” Å ½ ×□")
		small, err := subset(ttf, runes)
		require.NoError(t, err)
		require.Less(t, len(small), 16<<10)
		again, err := subset(ttf, runes)
		require.NoError(t, err)
		require.Equal(t, small, again)
		require.Equal(t, uint32(0xB1B0AFBA), checksum(small), "the checksum of the file")

		whole, err := sfnt.Parse(ttf)
		require.NoError(t, err)
		part, err := sfnt.Parse(small)
		require.NoError(t, err)
		require.Equal(t, whole.UnitsPerEm(), part.UnitsPerEm())
		var b sfnt.Buffer
		em := fixed.I(int(whole.UnitsPerEm()))
		for _, r := range runes {
			was, err := whole.GlyphIndex(&b, r)
			require.NoError(t, err)
			is, err := part.GlyphIndex(&b, r)
			require.NoError(t, err)
			require.NotZero(t, is, "%q", r)
			wide, err := whole.GlyphAdvance(&b, was, em, xfont.HintingNone)
			require.NoError(t, err)
			wide2, err := part.GlyphAdvance(&b, is, em, xfont.HintingNone)
			require.NoError(t, err)
			require.Equal(t, wide, wide2, "%q", r)
			outline, err := whole.LoadGlyph(&b, was, em, nil)
			require.NoError(t, err)
			want := append(sfnt.Segments(nil), outline...)
			got, err := part.LoadGlyph(&b, is, em, nil)
			require.NoError(t, err)
			require.Equal(t, want, append(sfnt.Segments(nil), got...), "%q", r)
		}
		none, err := part.GlyphIndex(&b, 'Q')
		require.NoError(t, err)
		require.Zero(t, none)
	}
}

// Live text is text, each line in its measured width, and the style has all its
// letters and is far smaller than the fonts.
func TestLiveText(t *testing.T) {
	f := small()
	var b bytes.Buffer
	require.NoError(t, f.WriteLive(&b))
	var parsed struct {
		Family string `xml:"font-family,attr"`
		Title  string `xml:"title"`
		Desc   string `xml:"desc"`
		Text   []struct {
			Size   string `xml:"font-size,attr"`
			Weight string `xml:"font-weight,attr"`
			Length string `xml:"textLength,attr"`
			Line   string `xml:",chardata"`
		} `xml:"text"`
	}
	require.NoError(t, xml.Unmarshal(b.Bytes(), &parsed))
	require.Equal(t, f.Title, parsed.Title)
	require.Equal(t, f.Alt(), parsed.Desc)
	require.Contains(t, parsed.Family, "'Edge of Care Sans'")
	require.NotContains(t, b.String(), "<use")
	style, err := FontStyle(f, nil)
	require.NoError(t, err)
	files := regexp.MustCompile(`font-weight:(\d+);src:url\(data:font/ttf;base64,([^)]+)\)`).FindAllStringSubmatch(style, -1)
	require.Len(t, files, 2)
	fonts := map[string]*sfnt.Font{}
	for _, file := range files {
		ttf, err := base64.StdEncoding.DecodeString(file[2])
		require.NoError(t, err)
		require.Less(t, len(ttf), 12<<10)
		fonts[file[1]], err = sfnt.Parse(ttf)
		require.NoError(t, err)
	}
	require.NotEmpty(t, parsed.Text)
	var letters sfnt.Buffer
	for _, line := range parsed.Text {
		face := fonts["400"]
		if line.Weight == "bold" {
			face = fonts["700"]
		}
		size, err := strconv.ParseFloat(line.Size, 64)
		require.NoError(t, err)
		want, err := strconv.ParseFloat(line.Length, 64)
		require.NoError(t, err)
		sum := 0.0
		for _, r := range strings.TrimSpace(line.Line) {
			index, err := face.GlyphIndex(&letters, r)
			require.NoError(t, err)
			require.NotZero(t, index, "%q of %q", r, line.Line)
			wide, err := face.GlyphAdvance(&letters, index, fixed.I(2048), xfont.HintingNone)
			require.NoError(t, err)
			sum += float64(wide) / 64 / 2048 * size
		}
		require.InDelta(t, sum, want, 0.03*sum+0.5, line.Line) // but for kerning
	}
	require.ErrorContains(t, (*Figure)(nil).WriteLive(&b), "no figure")
	require.Error(t, new(Figure).WriteLive(&b))
	none, err := FontStyle()
	require.NoError(t, err)
	require.Contains(t, none, "@font-face")
}
