package report

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// indexed is the programme without cases whose tariff, payer and costs change, and
// versions of it.
func indexed(t *testing.T, names ...string) (all []*scenario.Version) {
	t.Helper()
	file, err := os.ReadFile("../cmd/edgeofcare/testdata/indexed.yaml")
	require.NoError(t, err)
	d, err := scenario.Read("indexed", bytes.NewReader(file))
	require.NoError(t, err)
	for _, name := range names {
		v, err := d.Version(name)
		require.NoError(t, err)
		all = append(all, v)
	}
	return all
}

// The summary has every term that decides what is paid, and no term that the
// programme does not give.
func TestProgrammeInWords(t *testing.T) {
	tables := Programme(indexed(t, "")[0])
	text := strings.Join(strings.Fields(printed(t, tables...)), " ")
	for _, want := range []string{
		"milestones: after 6 months £4,000.00 less 10% deadweight", "£500.00 in cash, rising 3% a year",
		"Dale Fund, 30%, up to £20,000; then the council whose claim it is", "residential £4,300, rising 2% a year above prices", "foster £950 ",
		"full weeks: first payable week 2 £500.00 in cash", "the start (the 3rd week is the first paid), window 52 weeks,", "cap per child 40 weeks, an interruption pauses it",
	} {
		require.Contains(t, text, want)
	}
	for _, not := range []string{"after weeks", "Published figures", "Sources"} {
		require.NotContains(t, text, not)
	}
}

func TestOrdinals(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 53: "53rd", 111: "111th", 122: "122nd"} {
		require.Equal(t, want, words.Ordinal(n))
	}
}

// A version without a case is called what it is.
func TestVersionsWithoutACase(t *testing.T) {
	c := investIn(t, indexed(t, "", "+ no cap")...)
	text := printed(t, Compare(c)...)
	require.Contains(t, text, "Differences from the programme as it stands\n")
	require.Contains(t, text, "the programme as it stands + no cap")
	require.Equal(t, "The programme as it stands + no cap", caseLine(c.Results[1].Version))
	require.NotContains(t, text, "(+ no cap)")
}

// Nothing is not a number of thousands.
func TestNothingHasNoScale(t *testing.T) {
	require.Equal(t, "£0 to £184k", between(0, 184_100, montecarlo.Pounds).Text)
	require.Equal(t, "£0 to £1.20m", between(0, 1_200_000, montecarlo.Pounds).Text)
}

// A row of a file is a figure: headings stand beside the rows that they are above.
func TestHeadingsAreAColumnOfCSV(t *testing.T) {
	table := Table{Columns: append(textColumns("", "case"), figureColumns("a")...)}
	table.heading("Value")
	table.add(text("paid"), text("low"), money(5))
	table.add(text("range"), text("low"), between(1, 2, montecarlo.Pounds))
	table.heading("Risk")
	table.add(text("loss"), text("low"), percent(0.5))
	require.Equal(t, [][]string{
		{"part", "item", "case", "unit", "a"},
		{"Value", "paid", "low", "GBP", "5"},
		{"Value", "range, low", "low", "GBP", "1"},
		{"Value", "range, high", "low", "GBP", "2"},
		{"Risk", "loss", "low", "share", "0.5"},
	}, table.records())
}

// Notes name an offer in a word, however long its text.
func TestOffersAreNamedInShort(t *testing.T) {
	for _, c := range []struct{ names, want []string }{
		{[]string{"a.yaml", "a + b.yaml"}, []string{"a.yaml", "a + b.yaml"}},
		{[]string{"a.yaml", "a.yaml + {contract cap=5000000}"}, []string{"offer 1", "offer 2"}},
	} {
		var offers []Offer
		for _, name := range c.names {
			offers = append(offers, Offer{Name: name})
		}
		names, _ := shortNames(offers)
		require.Equal(t, c.want, names)
	}
}

// A target that is published of children is one of service users.
func TestBenchmarkOfChildren(t *testing.T) {
	p := &model.Programme{}
	p.Published.Totals = []model.PublishedTotal{{Name: "children targeted", Value: decimal.NewFromInt(20), Kind: model.Targeted, Counts: "children"}}
	require.Equal(t, 20.0, publishedBenchmark(p).users.value)
}

// Every amount of capital says that it is in pounds.
func TestCashHasItsUnit(t *testing.T) {
	rows := sheets(t, []Table{investSheet(investIn(t, funded(t)[1]))})
	unit, section := slices.Index(rows[0], "unit"), slices.Index(rows[0], "section")
	cash := 0
	for _, row := range rows[1:] {
		require.NotEmpty(t, row[unit], row)
		if !strings.HasPrefix(row[section], "figure") {
			cash++
			require.Equal(t, "GBP", row[unit], row)
		}
	}
	require.Positive(t, cash)
}
