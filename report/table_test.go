package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

func written(t require.TestingT, f Format, o Options, tables ...Table) string {
	var b bytes.Buffer
	require.NoError(t, Write(&b, f, o, tables...))
	return b.String()
}

// lines is text as it stands in a test: one string a line.
func lines(all ...string) string { return strings.Join(all, "\n") + "\n" }

func TestTableAsText(t *testing.T) {
	table := Table{
		Title: "Title", About: []string{"Case: low"}, Columns: append(textColumns(""), figureColumns("£")...),
		Notes: []string{"A note."},
	}
	table.heading("Part")
	table.add(text("short"), money(1))
	table.part(text("rather longer"), money(1000))
	table.heading("Next")
	table.add(text("café"), pence(12.5))
	table.add(text("none"))
	require.Equal(t, lines(
		"Title",
		"Case: low",
		"",
		"                      £",
		"PART",
		"short                £1",
		"  rather longer  £1,000",
		"",
		"NEXT",
		"café             £12.50",
		"none",
		"",
		"A note.",
	), written(t, Terminal, Options{}, table))
}

func TestHeadingsAreBroken(t *testing.T) {
	table := Table{Columns: append(textColumns("", "case"), figureColumns("a heading of more than one line", "x")...)}
	table.add(text("label"), text("low"), money(1), money(2))
	require.Equal(t, lines(
		"             a heading of more",
		"       case      than one line   x",
		"label  low                  £1  £2",
	), written(t, Terminal, Options{}, table))
}

// Words are broken between words, with the lines after the first further in than
// a part; a path is broken at its dots.
func TestWordsAreBroken(t *testing.T) {
	table := Table{Columns: append(textColumns("what it is", "path"), figureColumns("£")...)}
	table.add(text("a label that is far too long for its column"), text("a"), money(1))
	table.part(text("a part"), text("cohorts.step-down.referrals.children"), money(2))
	require.Equal(t, lines(
		"what it is                    path                              £",
		"a label that is far too       a                                £1",
		"    long for its column",
		"  a part                      cohorts.step-down.referrals.     £2",
		"                              children",
	), written(t, Terminal, Options{Width: 65}, table))
}

// What is too wide is divided into parts that repeat the words, and nothing is
// lost.
func TestTablesAreDivided(t *testing.T) {
	table := Table{Title: "Title", Columns: append(textColumns("", "case"), figureColumns("first", "second", "third")...), Notes: []string{"A note."}}
	table.heading("Part")
	table.add(text("label"), text("low"), money(1_000_000), money(2_000_000), money(3_000_000))
	require.Equal(t, lines(
		"Title",
		"",
		"       case       first      second",
		"PART",
		"label  low   £1,000,000  £2,000,000",
		"",
		"       case       third",
		"PART",
		"label  low   £3,000,000",
		"",
		"A note.",
	), written(t, Terminal, Options{Width: 40}, table))
}

func TestColumnsOfDetail(t *testing.T) {
	table := Table{Columns: []Column{{Text: true}, {Heading: "mean"}, {Heading: "deviation", Detail: true}, {Heading: "median"}}, Notes: []string{"A note."}}
	table.add(text("a"), money(1), money(2), money(3))
	for _, f := range []Format{Terminal, Markdown} {
		narrow := written(t, f, Options{}, table)
		require.NotContains(t, narrow, "deviation")
		require.NotContains(t, narrow, "£2")
		require.Contains(t, narrow, "median")
		require.Contains(t, narrow, "1 column is left out: --wide shows it.")
		wide := written(t, f, Options{Wide: true}, table)
		require.Contains(t, wide, "deviation")
		require.Contains(t, wide, "£2")
		require.NotContains(t, wide, "left out")
	}
	table.Columns[3].Detail = true
	require.Contains(t, written(t, Terminal, Options{}, table), "2 columns are left out: --wide shows them.")
	require.Equal(t, "item,mean (GBP),deviation (GBP),median (GBP)\na,1,2,3\n", written(t, CSV, Options{}, table))
	require.Contains(t, written(t, JSON, Options{}, table), `"deviation"`)
}

// No line is wider than it may be, unless it is one word, and every word of every
// cell is there.
func TestTextFits(t *testing.T) {
	word := rapid.StringMatching(`[a-zé]{1,12}`)
	phrase := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		table := Table{Title: phrase.Draw(t, "title"), Notes: []string{phrase.Draw(t, "note")}}
		columns := rapid.IntRange(1, 9).Draw(t, "columns")
		var all []string
		for i := range columns {
			c := Column{Heading: phrase.Draw(t, "heading"), Text: i == 0 || rapid.Bool().Draw(t, "text")}
			table.Columns = append(table.Columns, c)
			all = append(all, c.Heading)
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			row := Row{Indent: rapid.IntRange(0, 1).Draw(t, "indent")}
			for _, c := range table.Columns {
				cell := text(phrase.Draw(t, "cell"))
				if !c.Text {
					cell = money(rapid.Float64Range(-1e9, 1e9).Draw(t, "figure"))
				}
				all = append(all, cell.Text)
				row.Cells = append(row.Cells, cell)
			}
			table.Rows = append(table.Rows, row)
		}
		width := rapid.IntRange(48, 130).Draw(t, "width")
		shown := written(t, Terminal, Options{Width: width}, table)
		for line := range strings.Lines(shown) {
			line = strings.TrimRight(line, "\n")
			require.True(t, words.Width(line) <= width || len(strings.Fields(line)) == 1, "%d wide at %d:\n%s", words.Width(line), width, shown)
			require.Equal(t, strings.TrimRight(line, " "), line)
		}
		for _, cell := range all {
			for word := range strings.FieldsSeq(cell) {
				require.Contains(t, shown, word)
			}
		}
	})
}

func TestTableAsMarkdown(t *testing.T) {
	table := Table{Title: "T*", About: []string{"about"}, Columns: append(textColumns(""), figureColumns("low")...), Notes: []string{"a_b"}}
	table.heading("Part")
	table.part(text("a|b <i>"), text("1*2"))
	require.Equal(t, lines(
		`**T\***`, "", "about", "",
		"|  | low |", "| --- | ---: |", "| **Part** | |", `| &nbsp;&nbsp;a\|b &lt;i&gt; | 1\*2 |`, "", `a\_b`,
	), written(t, Markdown, Options{}, table))
}

// CSV has the figures themselves, with their units in the headings where each
// column has one, and no layout.
func TestTableAsCSV(t *testing.T) {
	table := Table{Columns: append(textColumns("name"), figureColumns("paid", "chance")...)}
	table.heading("Part")
	table.add(text("=HYPERLINK(1)"), amountOf(-5_432.109, inThousands), chanceErr(montecarlo.ProbabilityOf{Probability: 0.468, StdErr: new(0.011)}))
	table.part(text("of it"), money(2), none())
	require.Equal(t, lines(
		`part,name,level,paid (GBP),chance (probability),"chance, standard error (probability)"`,
		"Part,'=HYPERLINK(1),figure,-5432.109,0.468,0.011",
		"Part,=HYPERLINK(1): of it,detail,2,,",
	), strings.ReplaceAll(written(t, CSV, Options{}, table), "'=HYPERLINK(1): of", "=HYPERLINK(1): of"))
}

// Where a column has figures of several units, the unit has a column and the ends
// of a range have rows.
func TestTableAsCSVByRow(t *testing.T) {
	table := Table{Columns: append(textColumns("", "case"), figureColumns("a", "b")...)}
	table.add(text("Payments"), text("low"), money(1.5), none())
	table.part(text("range"), text("low"), between(1e6, 2e6, montecarlo.Pounds), between(3e6, 4e6, montecarlo.Pounds))
	table.add(text("Chance"), text("low"), figure(0.25, montecarlo.Probability), figure(1, montecarlo.Probability))
	week := pence(2)
	week.Unit = "GBP a week"
	table.add(text("Price"), text("low"), pence(10), week)
	table.add(text("Year"), text("low"), text("2023/24"), text("2024/25"))
	require.Equal(t, lines(
		"item,case,level,unit,a,b",
		"Payments,low,figure,GBP,1.5,",
		`"Payments: range, low",low,detail,GBP,1000000,3000000`,
		`"Payments: range, high",low,detail,GBP,2000000,4000000`,
		"Chance,low,figure,probability,0.25,1",
		"Price,low,figure,GBP,10,",
		"Price,low,figure,GBP a week,,2",
		"Year,low,figure,,2023/24,2024/25",
	), written(t, CSV, Options{}, table))
}

// CSV has the tables for a spreadsheet alone if there are any, and nothing else
// has them.
func TestSheets(t *testing.T) {
	page := []Table{
		{Title: "for people", Columns: textColumns("a")},
		{Sheet: true, Columns: append(textColumns("b"), figureColumns("value_GBP")...), Rows: []Row{{Cells: []Cell{text("-x"), bareCell(-0.5, "GBP")}}}},
		{Sheet: true, Columns: textColumns("c")},
	}
	require.Equal(t, "b,value_GBP\n'-x,-0.5\n\nc\n", written(t, CSV, Options{}, page...))
	for _, f := range []Format{Terminal, Markdown, JSON} {
		require.NotContains(t, written(t, f, Options{}, page...), "value_GBP")
		require.Contains(t, written(t, f, Options{}, page...), "for people")
	}
}

func TestTableAsJSON(t *testing.T) {
	table := Table{Title: "T", Columns: []Column{{Text: true}, {Heading: "mean", Detail: true}}, Notes: []string{"n"}}
	table.heading("Part")
	table.part(text("a"), estimatedAmount(882_674.5, new(1_124.0), inThousands))
	var back []Table
	require.NoError(t, json.Unmarshal([]byte(written(t, JSON, Options{}, modelled(table)...)), &back))
	require.Len(t, back, 1)
	require.Equal(t, table, back[0])
	cell := back[0].Rows[1].Cells[1]
	require.Equal(t, Cell{Text: "£883k ± £1.1k", Value: new(882_674.5), StdErr: new(1_124.0), Unit: "GBP", Decimals: -3, Status: "modelled"}, cell)
}

// Nothing has no sign, whatever it was worked out from, and pence are kept.
func TestNothingHasNoSignAndPenceAreKept(t *testing.T) {
	less := math.Copysign(0, -1)
	table := Table{Columns: append(textColumns("a"), figureColumns("paid")...)}
	table.add(text("b"), Cell{Text: "£0", Value: &less, StdErr: &less, Low: &less, High: &less, Unit: unitPounds})
	table.add(text("c"), pence(-1e-9))
	table.add(text("d"), money(123_456_789.29))
	require.Equal(t, lines(
		`a,paid (GBP),"paid, low (GBP)","paid, high (GBP)","paid, standard error (GBP)"`, "b,0,0,0,0", "c,0,,,", "d,123456789.29,,,",
	), written(t, CSV, Options{}, table))
	require.NotContains(t, written(t, JSON, Options{}, table), "-0,")
	require.True(t, math.Signbit(*table.Rows[0].Cells[1].Value), "the caller's table is as it was")
}

func TestUnknownFormat(t *testing.T) {
	require.ErrorContains(t, Write(&bytes.Buffer{}, "xml", Options{}, Table{}), "choose table, markdown, csv, json or html")
}

// failing is where nothing can be written.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fmt.Errorf("disk full") }

func TestWriteError(t *testing.T) {
	for _, f := range []Format{Terminal, Markdown, CSV, JSON} {
		require.ErrorContains(t, Write(failing{}, f, Options{}, Table{Title: "x", Columns: textColumns("y")}), "disk full")
	}
}

// Text that people gave does nothing in Markdown: no link, no picture, no code, no
// markup, no formula, and nothing that a terminal obeys.
func TestHostileTextInTables(t *testing.T) {
	table := Table{
		Title: "# [Title](http://evil)", Columns: textColumns("name", "x\x1b[2J"), Notes: []string{"![seen](//evil) `code` www.evil.org a@evil.org <img> &lt;"},
		Rows: []Row{{Heading: "=1"}, {Cells: []Cell{{Text: "- <https://evil>"}, {Text: "back\\slash | \u202eturned"}}}},
	}
	written := func(f Format) string {
		var b strings.Builder
		require.NoError(t, Write(&b, f, Options{}, table))
		return b.String()
	}
	require.Equal(t, `**\# \[Title\](http:&#47;/evil)**

| name | x\\x1b\[2J |
| --- | --- |
| **=1** | |
| \- &lt;https:&#47;/evil&gt; | back\\slash \| \\u202eturned |

!\[seen\](//evil) \`+"`code\\`"+` www&#46;evil.org a&#64;evil.org &lt;img&gt; &amp;lt;
`, written(Markdown))
	for _, f := range []Format{Terminal, Markdown, CSV, JSON} {
		text := written(f)
		require.NotContains(t, text, "\x1b")
		require.NotContains(t, text, "\u202e")
	}
	require.Contains(t, written(JSON), `x\u001b[2J`)
	require.Contains(t, written(JSON), `\u202eturned`)
	require.Contains(t, written(CSV), "'=1")
	require.Equal(t, "# [Title](http://evil)", table.Title, "the table of the caller stays as it is")
}
