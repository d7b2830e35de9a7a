package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// hostileTexts are what people and other programs have put into names.
var hostileTexts = []string{
	"Derby", "a|b", "*bold* _it_ `code` [text](http://example.org) ![x](y) <b>", "=1+1", "@SUM(A1)", "-2+3", "\t=1", "\x1b[2J\x1b]0;t\x07", "a\nb\r\nc", "\u202eabc\u2066",
	"\xff\xfe", "élevé", "£9m plan", "\u00a0", "# heading", "1. one", "--- | ---", `a "b", c`, "\u2028", "\ufeff", "\U000e0041", "\\", "a\\|b", "", "&nbsp;&#x1b;", "~~x~~", "\x00", "'",
}

// tableOf is a table with two texts in every place that a text can stand.
func tableOf(a, b string) Table {
	value := -1.5
	return Table{
		Title: a, About: []string{b, a}, Notes: []string{a, b},
		Columns: []Column{{Heading: a, Text: true}, {Heading: b}, {Heading: a, Text: true, Detail: true}},
		Rows: []Row{
			{Heading: b},
			{Cells: []Cell{{Text: a}, {Text: b}, {Text: b}}},
			{Indent: 1, Level: a, Cells: []Cell{{Text: b, Unit: a}, {Text: "£1", Value: &value, Unit: b}}},
		},
	}
}

// Whatever names hold, every format is valid text without control characters, and
// is of the same form as with any other names.
func FuzzNames(f *testing.F) {
	for i, text := range hostileTexts {
		f.Add(text, hostileTexts[(i+7)%len(hostileTexts)])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		out := map[Format]string{}
		for _, format := range []Format{Terminal, Markdown, CSV, JSON} {
			var text bytes.Buffer
			require.NoError(t, Write(&text, format, Options{Wide: true}, tableOf(a, b)))
			out[format] = text.String()
			require.True(t, utf8.ValidString(out[format]), format)
			for _, r := range out[format] {
				if commands := r < ' ' && r != '\n' && r != '\t' && (r != '\r' || format != CSV) || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069; commands {
					t.Fatalf("%s has the control character %q", format, r)
				}
			}
		}
		requireMarkdown(t, out[Markdown])
		requireCSV(t, out[CSV])
		var read struct {
			Tables []Table `json:"tables"`
		}
		require.True(t, json.Valid([]byte(out[JSON])))
		_ = json.Unmarshal([]byte(out[JSON]), &read)
		for _, table := range read.Tables {
			if utf8.ValidString(a) {
				require.Equal(t, a, table.Title)
			}
		}
	})
}

// requireMarkdown requires that every line of the table has three cells, and that no
// name made a link, a picture or an element of HTML.
func requireMarkdown(t *testing.T, text string) {
	var bare strings.Builder // without what is escaped
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
			continue
		}
		bare.WriteByte(text[i])
	}
	for line := range strings.Lines(bare.String()) {
		if strings.HasPrefix(line, "|") {
			require.Equal(t, 4, strings.Count(line, "|"), "%q", text)
		}
	}
	require.NotContains(t, bare.String(), "](", "%q", text)
	require.NotContains(t, bare.String(), "<", "%q", text)
}

// requireCSV requires that all rows have as many cells, and that no text is one that a
// spreadsheet takes for a formula.
func requireCSV(t *testing.T, text string) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	for _, row := range rows {
		for _, cell := range row {
			if cell != "-1.5" && cell != "" {
				require.NotContains(t, "=+-@\t\r\n", cell[:1], "%q", cell)
			}
		}
	}
}
