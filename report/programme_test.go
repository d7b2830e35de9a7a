package report

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
		"milestones: after 6 months £4,000.00 less 10% deadweight", "£500.00, rising 3% a year £90,000",
		"Dale Fund, 30%, up to £20,000; then the council whose claim it is", "residential £4,300, rising 2% a year", "foster £950 ",
		"full weeks: first payable week 2,", "window 52 weeks, cap per child 40 weeks, an interruption pauses it",
	} {
		require.Contains(t, text, want)
	}
	for _, not := range []string{"after weeks", "Published figures", "Sources"} {
		require.NotContains(t, text, not)
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
