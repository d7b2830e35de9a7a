package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Where versions differ in a term of the contract, a page does not give that of
// the first for all.
func TestTermsOfEachVersion(t *testing.T) {
	alike := printed(t, Compare(compareDN2(t, "medium", "high"))...)
	require.Contains(t, alike, "Probability of fewer than 55 referrals in 52 weeks")
	require.Contains(t, alike, "50 replications of each case at these rates, seed 1; £ in constant 2022/23 prices\n")

	c := compareDN2(t, "medium", "medium + {minimum referrals.children=5} + {discount rate=1% real} + {price base=prices of 2019/20} + {inflation=2%}")
	page := strings.Join(strings.Fields(printed(t, Compare(c)...)), " ")
	require.Contains(t, page, "Probability of fewer referrals than the version's own minimum")
	require.NotContains(t, page, "fewer than 55")
	require.Contains(t, page, "£ in constant 2022/23 prices (medium) and in prices of 2019/20 (medium + {minimum")
	require.Contains(t, page, "3.5% a year, effective, real, from 1 October 2020; a quarter's flows on its last day (medium); 1% a year")
	require.Contains(t, page, "Prices (medium + {minimum")

	bases := map[string]string{}
	rows := sheets(t, []Table{compareSheet(c)})
	for _, row := range rows[1:] {
		bases[row[1]] = row[len(row)-1]
	}
	require.Equal(t, "constant 2022/23 prices", bases["medium"])
	require.Equal(t, "prices of 2019/20", bases[c.Results[1].Version.Name()])
}

// Only a version without a case is the programme as it stands, whatever a case is
// called.
func TestNamesOfVersions(t *testing.T) {
	for _, c := range []struct {
		version              scenario.Version
		written, line, title string
	}{
		{scenario.Version{}, "the programme as it stands", "The programme as it stands", "as it stands"},
		{scenario.Version{Case: "low"}, "low", "Case: low", "low"},
		{scenario.Version{Case: "the programme ends early"}, "the programme ends early", "Case: the programme ends early", "the programme ends early"},
	} {
		require.Equal(t, c.written, asWritten(&c.version))
		require.Equal(t, c.line, caseLine(&c.version))
		require.Equal(t, c.title, headingOf(&c.version))
	}
}

// Two versions of one programme are told apart in a benchmark.
func TestBenchmarkOfVersions(t *testing.T) {
	var projections []*montecarlo.Projection
	for _, v := range versionsOf(t, "dn2", "base", "base + flat tariffs") {
		p, err := montecarlo.Central(v, contract.Constant)
		require.NoError(t, err)
		projections = append(projections, p)
	}
	columns := Benchmark(projections...)[0].Columns
	require.Equal(t, []string{"dn2", "dn2: base + flat tariffs"}, []string{columns[1].Heading, columns[2].Heading})
}
