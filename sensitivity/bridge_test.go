package sensitivity_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func bridge(t testing.TB, from, to *scenario.Version, measure string, groups ...sensitivity.NamedGroup) *sensitivity.Bridged {
	t.Helper()
	b, err := sensitivity.Bridge(context.Background(), from, to, contract.Constant, keyOf(t, measure), groups, 1)
	require.NoError(t, err)
	return b
}

// addsUp requires that contributions add up to the difference in all, and in every council
// and year, to the penny.
func addsUp(t testing.TB, b *sensitivity.Bridged) {
	t.Helper()
	total := b.Start.Total
	for _, g := range b.Groups {
		total = total.Add(g.Total)
		require.True(t, g.Total.Equal(g.Total.Round(2)))
	}
	require.True(t, b.End.Total.Equal(total), "%s and not %s", total, b.End.Total)
	for council := range b.Start.Cells {
		for year := range b.Start.Cells[council] {
			sum := b.Start.Cells[council][year]
			for _, g := range b.Groups {
				sum = sum.Add(g.Cells[council][year])
			}
			require.True(t, b.End.Cells[council][year].Equal(sum))
		}
	}
}

// Three edits by hand: eight projections of the edited files, and the Shapley values of the
// three written out. With v(S) the figure under the edits S, that of a among a, b and c is
//
//	(v(a)-v())/3 + (v(ab)-v(b))/6 + (v(ac)-v(c))/6 + (v(abc)-v(bc))/3
func TestBridgeOfThreeEdits(t *testing.T) {
	edits := []string{"unit costs.residential=4400", "metrics.*.tariff*=1.1", "cohorts.*.referrals.children*=0.8"}
	from, to := versionOf(t, "dn2", "medium"), versionOf(t, "dn2", "medium", edits...)
	b := bridge(t, from, to, "net public saving")
	addsUp(t, b)
	value := func(set int) float64 {
		var some []string
		for i, one := range edits {
			if set>>i&1 == 1 {
				some = append(some, one)
			}
		}
		v, err := versionOf(t, "dn2", "medium", some...).Certain()
		require.NoError(t, err)
		return central(t, v, keyOf(t, "net public saving"))
	}
	v := make([]float64, 8)
	for set := range v {
		v[set] = value(set)
	}
	want := map[string]float64{
		"unit costs": (v[1]-v[0])/3 + (v[3]-v[2])/6 + (v[5]-v[4])/6 + (v[7]-v[6])/3,
		"tariffs":    (v[2]-v[0])/3 + (v[3]-v[1])/6 + (v[6]-v[4])/6 + (v[7]-v[5])/3,
		"referrals":  (v[4]-v[0])/3 + (v[5]-v[1])/6 + (v[6]-v[2])/6 + (v[7]-v[3])/3,
	}
	require.Len(t, b.Groups, 3)
	for _, g := range b.Groups {
		require.InDelta(t, want[g.Name], g.Total.InexactFloat64(), 0.3, g.Name) // a penny for each council and year
	}
	require.InDelta(t, v[0], b.Start.Total.InexactFloat64(), 0.01)
	require.InDelta(t, v[7], b.End.Total.InexactFloat64(), 0.01)
}

// Layers on top of one case are groups in their order, and what they come to is the figure
// of either version for each council.
func TestBridgeOfLayers(t *testing.T) {
	from, to := versionOf(t, "dn2", "medium"), versionOf(t, "dn2", "medium + flat tariffs + referrals down 20%")
	for _, measure := range []string{"net saving, Derby", "outcome payments", "cashable saving", "cashable saving less all payments", "capital requirement", "outcome payments by other payers"} {
		b := bridge(t, from, to, measure)
		addsUp(t, b)
		require.Equal(t, "flat tariffs", b.Groups[0].Name)
		require.Equal(t, "referrals down 20%", b.Groups[1].Name)
		for v, amounts := range map[*scenario.Version]sensitivity.BridgeAmounts{from: b.Start, to: b.End} {
			require.InDelta(t, central(t, v, keyOf(t, measure)), amounts.Total.InexactFloat64(), 0.011, measure)
		}
	}
}

func TestBridgeGroups(t *testing.T) {
	low, high := versionOf(t, "dn2", "low"), versionOf(t, "dn2", "high")
	b := bridge(t, low, high, "net saving, Derby",
		sensitivity.NamedGroup{Name: "children", Paths: []string{"cohorts.*.referrals", "cohorts.*.start probability"}})
	addsUp(t, b)
	require.Equal(t, "children", b.Groups[0].Name)
	for _, change := range b.Groups[0].Changes {
		require.Regexp(t, `referrals|start probability`, string(change.Path))
	}
	back := bridge(t, high, low, "net saving, Derby",
		sensitivity.NamedGroup{Name: "children", Paths: []string{"cohorts.*.referrals", "cohorts.*.start probability"}})
	for _, g := range b.Groups { // the way back is the same the other way round
		for _, other := range back.Groups {
			if other.Name == g.Name {
				require.InDelta(t, -g.Total.InexactFloat64(), other.Total.InexactFloat64(), 0.2)
			}
		}
	}

	_, err := sensitivity.Bridge(context.Background(), low, low, contract.Constant, keyOf(t, "net saving, Derby"), nil, 1)
	require.ErrorContains(t, err, "nothing between them")
	_, err = sensitivity.Bridge(context.Background(), low, high, contract.Constant, keyOf(t, "children referred"), nil, 1)
	require.ErrorContains(t, err, "amount of money")
	_, err = sensitivity.Bridge(context.Background(), low, high, contract.Constant, keyOf(t, "net saving, Derby"), []sensitivity.NamedGroup{{Name: "x", Paths: []string{"facility"}}}, 1)
	require.ErrorContains(t, err, `"x" holds nothing`)
	_, err = sensitivity.Bridge(context.Background(), low, versionOf(t, "newpin", ""), contract.Constant, keyOf(t, "net saving, Derby"), nil, 1)
	require.ErrorContains(t, err, "different programme files")
	many := versionOf(t, "dn2", "medium", "unit costs.residential=4400", "metrics.*.tariff*=1.1", "cohorts.*.referrals.children*=0.8", "cohorts.*.lag=10",
		"contract cap=8000000", "cohorts.step-down.start probability=0.5", "cohorts.step-down.failure.hazard=0.01", "background.foster.residential=0.003", "delivery.scale=1.2")
	_, err = sensitivity.Bridge(context.Background(), versionOf(t, "dn2", "medium"), many, contract.Constant, keyOf(t, "net saving, Derby"), nil, 1)
	require.ErrorContains(t, err, "in 9 groups")
	require.ErrorContains(t, err, "--group")
}

// What is rounded by largest remainder keeps its sum, whatever the signs are.
func TestBridgesOfTheLibraryAddUp(t *testing.T) {
	for _, name := range []string{"norfolk", "essex-mst", "suffolk"} {
		d, err := scenario.Open(name)
		require.NoError(t, err)
		cases := d.Cases()
		from, to := versionOf(t, name, cases[0].Name), versionOf(t, name, cases[len(cases)-1].Name)
		b, err := sensitivity.Bridge(context.Background(), from, to, contract.Constant, keyOf(t, "net public saving"), nil, 1)
		if err != nil {
			require.True(t, strings.Contains(err.Error(), "groups of settings"), "%s: %s", name, err)
			continue
		}
		addsUp(t, b)
		require.False(t, math.IsNaN(b.End.Total.InexactFloat64()))
		require.False(t, b.Start.Total.Equal(decimal.Zero))
	}
}
