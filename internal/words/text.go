package words

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Width is the number of characters of a text.
func Width(text string) int { return utf8.RuneCountInString(text) }

// Wrap breaks a text between words into lines of at most width characters. A
// word that is longer has a line of its own. Runs of blanks and line breaks
// count as one blank. There is always at least one line.
func Wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case Width(line)+1+Width(word) > width:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}

// OneLine is a text with its runs of blanks and line breaks made one blank.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Safe returns a text that a spreadsheet will not take for a formula: one that
// begins with =, +, -, @, a tab or a line break gets an apostrophe before it. It is
// also printable: see [Printable].
func Safe(text string) string {
	text = Printable(text)
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

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
