package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// versionsOf are versions of a programme of the library.
func versionsOf(t *testing.T, programme string, names ...string) (all []*scenario.Version) {
	t.Helper()
	d, err := scenario.Open(programme)
	require.NoError(t, err)
	for _, name := range names {
		v, err := d.Version(name)
		require.NoError(t, err)
		all = append(all, v)
	}
	return all
}

func compareDN2(t *testing.T, names ...string) *montecarlo.Comparison {
	t.Helper()
	c, err := montecarlo.Compare(context.Background(), versionsOf(t, "dn2", names...), "", montecarlo.Options{Seed: 1, Replications: 50, FixedRates: true})
	require.NoError(t, err)
	return c
}

// printed is tables as their readers see them.
func printed(t *testing.T, tables ...Table) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Write(&b, Terminal, Options{}, tables...))
	require.False(t, regexp.MustCompile(`NaN|[+-]?\bInf\b`).MatchString(b.String()), b.String())
	for line := range strings.Lines(b.String()) {
		one := len(strings.Fields(line)) == 1 // a word that cannot be broken
		require.True(t, one || utf8.RuneCountInString(strings.TrimRight(line, "\n")) <= 120, line)
	}
	return b.String()
}

// sheets are the tables of a page for a spreadsheet, as CSV.
func sheets(t *testing.T, tables []Table) (rows [][]string) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Write(&b, CSV, Options{}, tables...))
	for block := range strings.SplitSeq(b.String(), "\n\n") {
		more, err := csv.NewReader(strings.NewReader(block)).ReadAll()
		require.NoError(t, err)
		rows = append(rows, more...)
	}
	return rows
}

// shownIn are the texts of a row's cells.
func shownIn(row Row) []string {
	var all []string
	for _, c := range row.Cells {
		all = append(all, c.Text)
	}
	return all
}

// labelsOf are the first cells of all rows.
func labelsOf(t Table) []string {
	var all []string
	for _, row := range t.Rows {
		all = append(all, strings.Repeat("  ", row.Indent)+row.cell(0).Text)
	}
	return all
}

// titled is the table whose title has some words in it.
func titled(t *testing.T, tables []Table, words string) Table {
	t.Helper()
	for _, table := range tables {
		if strings.Contains(table.Title, words) {
			return table
		}
	}
	require.Fail(t, "no table is called "+words)
	return Table{}
}

// Every table must say how it was made and carry the programme's cautions, and
// never print a figure that is not a number.
func TestReportsStateConventions(t *testing.T) {
	c := compareDN2(t, "low", "high")
	p := c.Results[0].Version.Programme
	for name, tables := range map[string][]Table{
		"compare": Compare(c), "run": Run(c.Results[1]), "programme": Programme(c.Results[0].Version),
	} {
		text := strings.Join(strings.Fields(printed(t, tables...)), " ")
		for _, caution := range p.Cautions {
			require.True(t, strings.Contains(text, strings.Join(strings.Fields(caution), " ")), name)
		}
		if name == "programme" {
			continue
		}
		for _, convention := range []string{"50 replications", "seed 1", "constant 2022/23 prices", "3.5% a year", "30 September 2026", "at these rates"} {
			require.Contains(t, text, convention, name)
		}
	}
}

// A result that went through JSON is reported as it was.
func TestReportOfAResultReadBack(t *testing.T) {
	c := compareDN2(t, "base")
	text, err := json.Marshal(c.Results[0])
	require.NoError(t, err)
	var back montecarlo.Result
	require.NoError(t, json.Unmarshal(text, &back))
	run, again := Run(c.Results[0]), Run(&back)
	for i := range run {
		if strings.HasPrefix(run[i].Title, "A price lies between") { // whose ranges need the replications
			last := len(again[i].Notes) - 1
			require.Contains(t, again[i].Notes[last], "does not have its replications")
			again[i].Notes = again[i].Notes[:last]
			for _, row := range run[i].Rows {
				row.Cells[3], row.Cells[6] = none(), none()
			}
			for _, row := range again[i].Rows {
				row.Cells[3], row.Cells[6] = none(), none()
			}
		}
	}
	require.Equal(t, run, again)
}

func TestQuartersAgainstPublished(t *testing.T) {
	c := compareDN2(t, "base")
	table := titled(t, Run(c.Results[0]), "by quarter")
	require.Len(t, table.Rows, 24)
	require.Equal(t, []string{"Q3 2021/22", "£231,436", "£184,262", "£184,262", "£184,261"}, shownIn(table.Rows[4])[:5])
	last := table.Rows[15].Cells // Q2 2024/25, the last with an actual payment
	require.Equal(t, "£4,102,992", last[len(last)-3].Text)
	require.Equal(t, "published", last[len(last)-3].Status)
	require.Equal(t, "modelled", last[len(last)-2].Status)
	require.InDelta(t, *last[len(last)-2].Value / *last[len(last)-3].Value - 1, *last[len(last)-1].Value, 1e-12)

	units := titled(t, Run(c.Results[0]), "Units by metric")
	require.Len(t, units.Rows, 4)
	for _, row := range units.Rows {
		published, central := *row.Cells[2].Value, *row.Cells[3].Value
		require.InDelta(t, central/published-1, *row.Cells[4].Value, 1e-12)
	}
}

func TestFiguresAsCSV(t *testing.T) {
	c := compareDN2(t, "low", "high")
	rows := sheets(t, Compare(c))
	require.Equal(t, "programme", rows[0][0])
	found := 0
	for _, row := range rows[1:] {
		require.NotContains(t, row[11], "NaN")
		if row[2] == montecarlo.Payments && row[3] == "" && row[5] == "" && row[1] == "high" {
			require.Equal(t, "9123323", row[9])
			found++
		}
		if row[1] == "high less low" && row[2] == montecarlo.Payments && row[3] == "" {
			require.NotEmpty(t, row[11])
			found++
		}
		if row[1] == "published" && row[2] == "actual payments" && row[5] == "Q2 2024/25" {
			require.Equal(t, "394015", row[9])
			found++
		}
	}
	require.Equal(t, 3, found)
}

// Every column of the totals has what its heading says.
func TestTotalsStandInTheirColumns(t *testing.T) {
	c := compareDN2(t, "base")
	table := Run(c.Results[0])[0]
	want, ok := c.Results[0].Totals.Of(montecarlo.Payments)
	require.True(t, ok)
	require.Equal(t, []string{
		"", "central", "mean", "standard error", "standard deviation", "5%", "25%", "50%", "75%", "95%",
		"range from", "5% to 95% in the other pairing",
	}, table.headings())
	cells := cellsOf(t, table, "Outcome payments", 0)
	for i, v := range []float64{want.Central, want.Mean, *want.StdErr, *want.SD, want.Quantiles[0].Value, want.Quantiles[1].Value, want.Quantiles[2].Value} {
		require.Equal(t, v, *cells[i].Value, table.Columns[i+1].Heading)
	}
}

// A total is followed by its parts, and a measure without a total has a heading.
func TestTotalsAreGrouped(t *testing.T) {
	c := compareDN2(t, "base")
	text := strings.Join(labelsOf(Run(c.Results[0])[0]), "\n")
	require.Contains(t, text, "Children referred\n  step-down\n")
	require.Contains(t, text, "Weeks lived in to the horizon\n  edge of care, counterfactual\n")
	require.Contains(t, text, "Children referred in the first 52 weeks (minimum 55)")
}
