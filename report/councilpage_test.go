package report

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Every council's page of the library's programmes fits into 100 characters a line and
// never reads as certain what happened in all replications.
func TestCouncilPagesOfTheLibrary(t *testing.T) {
	for _, info := range scenario.List() {
		v := versionsOf(t, info.Name, "medium")[0]
		r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Seed: 1, Replications: 20})
		require.NoError(t, err)
		for _, c := range v.Programme.Commissioners {
			tables, err := Council(c.Name, nil, r)
			require.NoError(t, err)
			require.Len(t, tables, 2)
			require.Len(t, tables[1].Rows, 2*len(r.Years)+2) // each year and all, with their ranges
			var b bytes.Buffer
			require.NoError(t, Write(&b, Terminal, Options{}, tables...))
			for line := range strings.Lines(b.String()) {
				require.LessOrEqual(t, words.Width(strings.TrimSuffix(line, "\n")), 100, "%s: %s", info.Name, line)
				require.NotContains(t, line, "±")
				require.NotRegexp(t, `\s100%$`, line)
			}
		}
	}
}

// What is left to all councils, less what the fund pays for each of them, is what is
// left for all; and each year has the mean of its series, all years that of the total.
func TestCouncilPagesAddUp(t *testing.T) {
	c := compareDN2(t, "medium")
	r := c.Results[0]
	sum := 0.0
	for _, council := range []string{"Nottinghamshire", "Nottingham", "Derby"} {
		tables, err := Council(council, nil, r)
		require.NoError(t, err)
		left, _ := rowOf(t, tables[0], "Left after own payments")
		fund, _ := rowOf(t, tables[0], "Paid by Life Chances Fund")
		sum += *left.cell(1).Value - *fund.cell(1).Value
		own, _ := r.Yearly.Of(montecarlo.Payments, council)
		for i, year := range r.Years {
			row, below := rowOf(t, tables[1], year.String())
			text, _ := words.ThreeFigures(own.By[i].Mean)
			require.Equal(t, text, row.cell(1).Text)
			low, _ := words.ThreeFigures(own.By[i].Quantiles[0].Value)
			require.True(t, strings.HasPrefix(below.cell(1).Text, low+" to "))
		}
		paid, _ := r.Totals.Of(montecarlo.Payments, council)
		all, _ := rowOf(t, tables[1], "all years")
		require.InDelta(t, paid.Mean, *all.cell(1).Value, 0.005)
	}
	net, _ := r.Totals.Of(montecarlo.NetPublic)
	require.InDelta(t, net.Mean, sum, 0.05)
}

func TestCouncilThatThereIsNot(t *testing.T) {
	r := compareDN2(t, "medium").Results[0]
	_, err := Council("Derbie", nil, r)
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	_, err = Council("Derby", nil)
	require.Error(t, err)
}
