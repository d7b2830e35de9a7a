package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func TestNumbers(t *testing.T) {
	for want, got := range map[string]string{
		"£9,123,323":  Money(9_123_323.4),
		"-£1,200":     Money(-1_200.2),
		"£0":          Money(-0.2),
		"£999":        Money(999.4),
		"£9.12m":      Millions(9_123_323),
		"-£0.24m":     Millions(-240_000),
		"£0.00m":      Millions(-1),
		"1,234,567.5": Decimal(1_234_567.46),
		"-12":         Count(-12.3),
		"0":           Count(-0.3),
		"63.2%":       Percent(0.632),
		"100%":        Percent(1),
		">99.9%":      Percent(0.99999),
		"<0.1%":       Percent(0.00001),
		"0%":          Percent(0),
		"-2.5%":       Percent(-0.025),
	} {
		require.Equal(t, want, got)
	}
}

func TestTableAsText(t *testing.T) {
	table := Table{
		Title: "Title", Columns: []string{"", "£"},
		Rows:  [][]string{{"PART"}, {"short", "1"}, {"rather longer", "1,000"}, {"NEXT"}, {"café", "£12"}},
		Notes: []string{"A note."},
	}
	var b bytes.Buffer
	require.NoError(t, Write(&b, Terminal, table))
	require.Equal(t, strings.Join([]string{
		"Title", "",
		"                   £",
		"PART",
		"short              1",
		"rather longer  1,000",
		"",
		"NEXT",
		"café             £12",
		"", "A note.", "",
	}, "\n"), b.String())
}

func TestTableAsTextBreaksLongText(t *testing.T) {
	table := Table{Columns: []string{"name", "note"}, Text: 2, Rows: [][]string{{"one", strings.Repeat("word ", 30)}}}
	var b bytes.Buffer
	require.NoError(t, Write(&b, Terminal, table))
	for line := range strings.Lines(b.String()) {
		require.LessOrEqual(t, len(line), 64)
	}
	require.Equal(t, 30, strings.Count(b.String(), "word"))
}

func TestTableAsMarkdown(t *testing.T) {
	table := Table{Columns: []string{"", "low"}, Rows: [][]string{{"PART"}, {"  a|b <i>", "1*2"}}}
	var b bytes.Buffer
	require.NoError(t, Write(&b, Markdown, table))
	require.Equal(t, "|  | low |\n| --- | ---: |\n| **PART** | |\n| &nbsp;&nbsp;a\\|b &lt;i&gt; | 1\\*2 |\n", b.String())
}

func TestNothingBecomesAFormula(t *testing.T) {
	for given, want := range map[string]string{
		"=1+1": "'=1+1", "+44": "'+44", "-cmd": "'-cmd", "@x": "'@x", "\tx": "'\tx", "Derby": "Derby", "": "",
	} {
		require.Equal(t, want, Safe(given))
	}
	var b bytes.Buffer
	require.NoError(t, Write(&b, CSV, Table{Columns: []string{"name", "£"}, Rows: [][]string{{"=HYPERLINK(1)", "-5"}}}))
	require.Equal(t, "name,£\n'=HYPERLINK(1),-5\n", b.String())
}

func TestUnknownFormat(t *testing.T) {
	require.ErrorContains(t, Write(&bytes.Buffer{}, "xml", Table{}), "choose table, markdown or csv")
}

func compareDN2(t *testing.T, names ...string) (*montecarlo.Comparison, *model.Programme) {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var cases []*model.Programme
	for _, name := range names {
		p, err := d.Programme(name)
		require.NoError(t, err)
		cases = append(cases, p)
	}
	c, err := montecarlo.Compare(context.Background(), cases, "", montecarlo.Options{Seed: 1, Replications: 50})
	require.NoError(t, err)
	return c, cases[0]
}

// Every table must say how it was made and carry the programme's cautions, and
// never print a figure that is not a number.
func TestReportsStateConventions(t *testing.T) {
	c, p := compareDN2(t, "low", "high")
	for name, tables := range map[string][]Table{
		"compare": Compare(c, p), "run": Run(c.Results[1], p), "programme": Programme(p),
	} {
		var b bytes.Buffer
		require.NoError(t, Write(&b, Terminal, tables...), name)
		text := strings.Join(strings.Fields(b.String()), " ")
		require.False(t, regexp.MustCompile(`NaN|[+-]?\bInf\b`).MatchString(text), name)
		for _, caution := range p.Cautions {
			require.True(t, strings.Contains(text, strings.Join(strings.Fields(caution), " ")), name)
		}
		if name == "programme" {
			continue
		}
		for _, convention := range []string{"50 replications", "seed 1", "constant 2022/23 prices", "3.5% a year", "30 September 2026", "process only"} {
			require.Contains(t, text, convention, name)
		}
	}
}

// A result that went through JSON is reported as it was.
func TestReportOfAResultReadBack(t *testing.T) {
	c, p := compareDN2(t, "base")
	text, err := json.Marshal(c.Results[0])
	require.NoError(t, err)
	var back montecarlo.Result
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, Run(c.Results[0], p), Run(&back, p))
}

func TestQuartersAgainstPublished(t *testing.T) {
	c, p := compareDN2(t, "base")
	table, ok := Quarters(c.Results[0], p)
	require.True(t, ok)
	require.Len(t, table.Rows, 24)
	require.Equal(t, []string{"2021Q4", "£231,436", "£184,262", "£184,262", "£184,261"}, table.Rows[4][:5])
	last := table.Rows[15] // 2024Q3, the last with an actual payment
	require.Equal(t, "£4,102,992", last[len(last)-3])
}

func TestFiguresAsCSV(t *testing.T) {
	c, p := compareDN2(t, "low", "high")
	var b bytes.Buffer
	require.NoError(t, ComparedFigures(&b, c, p))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "programme", rows[0][0])
	found := 0
	for _, row := range rows[1:] {
		require.NotContains(t, row[9], "NaN")
		if row[2] == montecarlo.Payments && row[3] == "" && row[5] == "" && row[1] == "high" {
			require.Equal(t, "9123323", row[7])
			found++
		}
		if row[1] == "high less low" && row[2] == montecarlo.Payments && row[3] == "" {
			require.NotEmpty(t, row[9])
			found++
		}
		if row[1] == "published" && row[2] == "actual payments" && row[5] == "2024Q3" {
			require.Equal(t, "394015", row[7])
			found++
		}
	}
	require.Equal(t, 3, found)
}

// A total is followed by its parts, and a measure without a total has a heading.
func TestTotalsAreGrouped(t *testing.T) {
	c, p := compareDN2(t, "base")
	table := Run(c.Results[0], p)[0]
	var labels []string
	for _, row := range table.Rows {
		labels = append(labels, row[0])
	}
	text := strings.Join(labels, "\n")
	require.Contains(t, text, "Children referred\n  step-down\n")
	require.Contains(t, text, "Weeks lived in to the horizon\n  edge of care, counterfactual\n")
	require.Contains(t, text, "Children referred in the first 52 weeks (minimum 55)")
}
