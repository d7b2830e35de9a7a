package words

import (
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
// begins with =, +, -, @, a tab or a line break, or with blanks and then one of
// these, gets an apostrophe before it. It is also printable: see [Printable].
func Safe(text string) string {
	text = Printable(text)
	begins := strings.TrimLeftFunc(text, unicode.IsSpace)
	if begins != "" && strings.ContainsRune("=+-@", rune(begins[0])) || text != "" && strings.ContainsRune("\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
