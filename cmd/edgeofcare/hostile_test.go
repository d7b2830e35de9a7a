package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// hostileNames are names that a file may hold and that would do something if they
// were written as they are: markup, a formula, a link, marks of direction, signs
// outside the font, and letters whose first byte is no letter.
var hostileNames = []string{
	`<script>alert(1)</script> & "quotes"`,
	"=HYPERLINK(1)",
	"![seen](http://evil/x) [here](http://evil)",
	"turned \u202eyppah\u202c \u2066names",
	"\U0001F468\u200d\U0001F469 families",
	"éducatif | col `code` _under_",
	"£9m plan",
	"مرحبا שלום",
	"Cafe\u0301 \u2028line",
}

// hostileFile is the template with hostile names for its councils, payer, fee,
// investor, plan, cases and title, so that each stands in each place in one of them.
func hostileFile(t *testing.T, folder string, turn int) string {
	t.Helper()
	name := func(i int) string { return strconv.QuoteToASCII(hostileNames[(i+turn)%len(hostileNames)]) }
	aCase := strings.ReplaceAll(name(8), `\"`, "'") // quotation marks are refused there
	text := string(scenario.Template())
	for i, pair := range [][2]string{
		{"Northmoor", ""}, {"Southdale", ""}, {"Outcomes Fund", ""}, {"fund management", ""}, {"First Investor", ""}, {"plan 1", ""},
	} {
		require.Contains(t, text, pair[0])
		text = strings.ReplaceAll(text, pair[0], name(i))
	}
	for old, now := range map[string]string{
		"title: A placement programme of two councils (illustrative)":                "title: " + name(6),
		"  - All figures in this file are invented. No council should rely on them.": "  - " + name(7),
		"\n  low:":      "\n  " + aCase + ":",
		"compare: [low": "compare: [" + aCase,
	} {
		require.Contains(t, text, old)
		text = strings.ReplaceAll(text, old, now)
	}
	file := filepath.Join(folder, "hostile.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// harmless fails if an output holds anything that a terminal would obey.
func harmless(t *testing.T, what, output string) {
	t.Helper()
	require.True(t, utf8.ValidString(output), "%s is not UTF-8", what)
	i := strings.IndexFunc(output, func(r rune) bool {
		return r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
	})
	if i >= 0 {
		require.Fail(t, what+" has a sign that does something", "%q", output[max(0, i-40):min(len(output), i+40)])
	}
}

// Hostile names through every command and every format do nothing.
func TestHostileNamesThroughEveryCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every command in every format")
	}
	folder := t.TempDir()
	for turn := range hostileNames {
		if turn%3 != 0 && os.Getenv("EDGEOFCARE_LONG") == "" {
			continue // each name stands in some place even so
		}
		file := hostileFile(t, folder, turn)
		out, errors, code := edgeofcare(t, "validate", file)
		require.Zero(t, code, errors)
		harmless(t, "validate", out)
		lines := []string{"compare", "run"}
		if turn == 0 || os.Getenv("EDGEOFCARE_LONG") != "" {
			lines = append(lines, "invest", "stress", "size", "show", "explain", "bids", "benchmark")
		}
		for _, command := range lines {
			for i, format := range []string{"table", "markdown", "csv", "json"} {
				if turn != 0 && (turn/3)%2 != i%2 && os.Getenv("EDGEOFCARE_LONG") == "" {
					continue // two formats in one turn, the other two in the next
				}
				if (command == "size" || command == "stress") && i%2 != 0 && os.Getenv("EDGEOFCARE_LONG") == "" {
					continue // which run many versions: a table and CSV
				}
				arguments := []string{command, file, "-f", format}
				switch command {
				case "explain":
					arguments = []string{command, "net saving", file, "-f", format}
				case "bids":
					arguments = []string{command, file, file + " + no cap", "--cases", "medium", "-n", "2", "-f", format}
				case "benchmark":
					arguments = []string{command, file, "dn2", "-f", format}
				case "show":
				default:
					arguments = append(arguments, "-n", "2")
				}
				out, errors, code := edgeofcare(t, arguments...)
				what := strings.Join(append([]string{strconv.Itoa(turn)}, arguments...), " ")
				require.Zero(t, code, "%s: %s", what, errors)
				harmless(t, what, out)
				harmless(t, what, errors)
				readBack(t, what, format, out)
			}
		}
	}
}

// readBack reads what was written in a format as others do.
func readBack(t *testing.T, what, format, out string) {
	t.Helper()
	switch format {
	case "json":
		require.True(t, json.Valid([]byte(out)), what)
	case "csv":
		rows := csv.NewReader(strings.NewReader(out))
		rows.FieldsPerRecord = -1
		all, err := rows.ReadAll()
		require.NoError(t, err, what)
		for _, row := range all {
			for _, cell := range row {
				_, err := strconv.ParseFloat(cell, 64)
				require.True(t, cell == "" || err == nil || !strings.ContainsRune("=+-@", rune(cell[0])), "%s: %q is a formula", what, cell)
			}
		}
	case "markdown":
		for _, mark := range []string{"](", "![", "<script", "://", "`"} {
			for rest := out; ; {
				i := strings.Index(rest, mark)
				if i < 0 {
					break
				}
				require.True(t, i > 0 && rest[i-1] == '\\', "%s: %q", what, rest[max(0, i-20):min(len(rest), i+20)])
				rest = rest[i+len(mark):]
			}
		}
	}
}

// Hostile names in every chart and every format give what can be opened.
func TestHostileNamesInEveryChart(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every chart in every format")
	}
	folder := t.TempDir()
	formats := []string{"svg", "pdf"}
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		formats = append(formats, "csv", "png")
	}
	for turn, format := range formats {
		file := hostileFile(t, folder, 2*turn)
		which, want := "--all", len(charts)
		if format == "pdf" && os.Getenv("EDGEOFCARE_LONG") == "" {
			which, want = "capital-position", 1
			require.NoError(t, os.Mkdir(filepath.Join(folder, format), 0o755))
		}
		out, errors, code := edgeofcare(t, "plot", file, which, "-o", filepath.Join(folder, format), "-n", "2", "-f", format)
		require.Zero(t, code, errors+out)
		harmless(t, "plot", out)
		harmless(t, "plot", errors)
		drawn, err := filepath.Glob(filepath.Join(folder, format, "*."+format))
		require.NoError(t, err)
		require.Len(t, drawn, want)
		for _, place := range drawn {
			text, err := os.ReadFile(place)
			require.NoError(t, err)
			switch format {
			case "svg":
				harmless(t, place, string(text))
				decoder := xml.NewDecoder(bytes.NewReader(text))
				for err == nil {
					_, err = decoder.Token()
				}
				require.ErrorIs(t, err, io.EOF, place)
			case "csv":
				harmless(t, place, strings.TrimPrefix(string(text), byteOrderMark))
				readBack(t, place, format, strings.TrimPrefix(string(text), byteOrderMark))
			}
		}
	}
}

// What is refused is said without being obeyed.
func TestControlCharactersAreNotObeyed(t *testing.T) {
	t.Chdir(t.TempDir())
	const escape = "a\x1b[2Jb\u009b31m\u202e"
	require.NoError(t, os.WriteFile("faulty.yaml", []byte("format: 1\n\"a\\e[2Jb\": 1\ntitle: \"c\\u009b31m\"\n"), 0o600))
	for _, line := range [][]string{
		{"validate", "faulty.yaml"},
		{"run", escape},
		{"run", "dn2", "--case", escape},
		{"run", "dn2", "--set", escape + "=1"},
		{"run", "dn2", "--set", "contract cap=" + escape},
		{"run", "dn2", "--with", escape},
		{"compare", "dn2", "--" + escape},
		{"merge", "dn2", escape},
		{"plot", "dn2", escape},
		{"plot", "dn2", "survival", "--cohort", escape},
		{"plot", "dn2", "survival", "-o", escape + ".svg/x.svg"},
		{"stress", "dn2", "--investor", escape},
		{"explain", escape},
		{"indigo", escape},
		{escape},
	} {
		out, errors, code := edgeofcare(t, line...)
		require.NotZero(t, code, "%q", line)
		harmless(t, strings.Join(line, " "), out)
		harmless(t, strings.Join(line, " "), errors)
		require.NotEmpty(t, errors)
	}
	_, errors, _ := edgeofcare(t, "validate", "faulty.yaml")
	require.Contains(t, errors, `faulty.yaml:2:1: the name "a\x1b[2Jb" has a control character in it (U+001B)`)
	require.Contains(t, errors, `faulty.yaml:3:8: title: the text "c\u009b31m" has a control character in it (U+009B)`)
	out, _, code := edgeofcare(t, "plot", "norfolk", "survival", "-o", "odd\x1b[2J.svg")
	require.Zero(t, code)
	require.Equal(t, `odd\x1b[2J.svg written`+"\n", out)
}
