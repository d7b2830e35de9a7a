package words

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Printable is a text that changes nothing but itself wherever it is shown: what
// a terminal obeys, what turns the direction of text and what is no text at all
// is written as a programmer would, "\\x1b" or "\\u202e". Line breaks and tabs stay.
func Printable(text string) string {
	if !strings.ContainsFunc(text, commanding) && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if commanding(r) || r == utf8.RuneError && size == 1 {
			quoted := strconv.QuoteToASCII(text[:size])
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(text[:size])
		}
		text = text[size:]
	}
	return b.String()
}

// commanding reports whether a sign is an order to what shows it: a control
// character other than a line break or a tab, a separator of lines or
// paragraphs, a mark of direction, or one that XML has no place for.
func commanding(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
		return true
	}
	return r&0xfffe == 0xfffe // no character
}

// Control returns the first control character of a text other than a line break
// or a tab, which is never meant in a file that people write.
func Control(text string) (sign rune, found bool) {
	for _, r := range text {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || r&0xfffe == 0xfffe) {
			return r, true
		}
	}
	return 0, false
}

// PrintableJSON is [Printable] for what an encoder of JSON wrote: the signs
// become escapes, so that the texts stay what they were.
func PrintableJSON(encoded []byte) []byte {
	if !strings.ContainsFunc(string(encoded), commanding) {
		return encoded
	}
	var b strings.Builder
	for _, r := range string(encoded) {
		switch {
		case !commanding(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\ufffd`)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return []byte(b.String())
}

// Looks is what a name looks like: two names that look the same have the same. It
// takes no account of blanks at the ends and of which blank stands between, of
// invisible signs, of how a letter with a mark is put together, and of letters of
// other alphabets that are drawn like Latin ones.
func Looks(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			if latin, ok := alike[r]; ok {
				r = latin
			}
			b.WriteRune(r)
		}
	}
	return OneLine(b.String())
}

// alike are letters that are drawn like Latin ones, and hyphens and quotation marks.
var alike = func() map[rune]rune {
	like := map[rune]rune{}
	for _, pair := range [][2]string{
		{"АВЕЅІЈКМНОРСТУХԌԚԜ", "ABESIJKMHOPCTYXGQW"}, // Cyrillic
		{"асеіјорѕухһԁԛԝӏ", "aceijopsyxhdqwl"},
		{"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"}, // Greek
		{"ονι", "ovi"},
		{"‐‑‒–−’‘`", "-----'''"},
	} {
		from, to := []rune(pair[0]), []rune(pair[1])
		for i, r := range from {
			like[r] = to[i]
		}
	}
	return like
}()
