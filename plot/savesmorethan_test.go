package plot

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Every row is counted again from the values of the pairing that the total's range comes
// from, and that of £0 is the probability that tables have.
func TestSavesMoreThanCountsReplications(t *testing.T) {
	r, err := montecarlo.Run(context.Background(), version(t, "dn2", "base"), montecarlo.Options{Seed: 1, Replications: 300})
	require.NoError(t, err)
	f, err := SavesMoreThan(r)
	require.NoError(t, err)
	measures := map[string][2]string{ // the total, and whether it is above £0
		"public all avoided care": {montecarlo.NetPublic, montecarlo.Saves}, "public in cash": {montecarlo.NetCashable, montecarlo.CashableSaves},
		"council all avoided care": {montecarlo.NetSaving, montecarlo.OwnSaves}, "council in cash": {montecarlo.OwnNetCashable, montecarlo.OwnCashableSaves},
	}
	amounts := map[string][]float64{} // of each curve
	for _, row := range f.Rows {
		of, who, way := row[1].(string), "council", row[2].(string)
		if of == "public" {
			of, who = "", "public"
		}
		m := measures[who+" "+way]
		total, ok := r.Totals.Of(m[0], of)
		require.True(t, ok)
		more := 0
		for _, v := range r.Values(m[0], of, "", total.Pairing) {
			if v > row[3].(float64) {
				more++
			}
		}
		require.Equal(t, Share(float64(more)/300), row[4], row)
		if row[3] == 0.0 {
			p, ok := r.Probabilities.Of(m[1], of)
			require.True(t, ok)
			require.Equal(t, Share(p.Probability), row[4])
			require.Contains(t, f.Alt(), strings.Replace(row[1].(string), "public", "All together", 1)+
				": more than £0 with a probability of "+words.Percent(p.Probability)+",")
		}
		amounts[row[1].(string)+way] = append(amounts[row[1].(string)+way], row[3].(float64))
	}
	require.Len(t, amounts, 8, "three councils and all together, twice")
	for curve, all := range amounts {
		require.Contains(t, all, 0.0, curve)
	}
	net := r.Values(montecarlo.NetPublic, "", "", "independent lives")
	slices.Sort(net)
	require.LessOrEqual(t, amounts["publicall avoided care"][0], net[2], "1% of 300 replications are 3")
	require.GreaterOrEqual(t, slices.Max(amounts["publicall avoided care"]), net[296])
	require.Contains(t, f.Subtitle, "chances cover chance and rates")
}

// What other payers pay stands between the savings of all together and of councils.
func TestSavesMoreThanSaysWhatLiesBetween(t *testing.T) {
	r := run(t, version(t, "dn2", "high"), 50)
	f, err := SavesMoreThan(r)
	require.NoError(t, err)
	fund, ok := r.Totals.Of(montecarlo.Payments, "Life Chances Fund")
	require.True(t, ok)
	paid, _ := words.ThreeFigures(fund.Mean)
	require.Contains(t, f.Subtitle, "chances cover chance alone")
	require.Contains(t, f.Note, "(between the two, Life Chances Fund pays "+paid+" on average)")
	require.Contains(t, f.Alt(), "All together: more than £0 with a probability of >94%,", "all of 50 replications: 3 ÷ 50 is 6%")
	require.NotContains(t, f.Alt(), "100%")

	// One council that nobody pays with is all together.
	f, err = SavesMoreThan(run(t, version(t, "essex-mst", ""), 50))
	require.NoError(t, err)
	require.NotContains(t, f.Alt(), "between the two")
	for _, row := range f.Rows {
		require.Equal(t, "public", row[1])
	}
}

// Three councils are drawn, those that save most; the foot has the probabilities of the
// others, and says why curves drop at £0.
func TestSavesMoreThanOfManyCouncils(t *testing.T) {
	r := run(t, version(t, "pyramid", ""), 100)
	f, err := SavesMoreThan(r)
	drawn(t, "saves-more-than-many", f, err)
	drawnOnes := 0
	for _, council := range r.Version.Programme.Shape().Commissioners {
		if !strings.Contains(f.Note, council+" ") {
			drawnOnes++
			continue
		}
		own, ok := r.Totals.Of(montecarlo.NetSaving, council)
		require.True(t, ok)
		better := 0
		for _, other := range r.Version.Programme.Shape().Commissioners {
			if saves, _ := r.Totals.Of(montecarlo.NetSaving, other); saves.Mean > own.Mean {
				better++
			}
		}
		if strings.Contains(f.Note[:strings.Index(f.Note, "Exactly")], council) {
			require.GreaterOrEqual(t, better, mostCouncils, council)
		}
	}
	require.LessOrEqual(t, drawnOnes, mostCouncils)
	require.Contains(t, f.Note, "Not drawn, with the probability of more than £0, and in cash: ")
	require.Contains(t, f.Note, "Exactly £0, because no child starts: ")
	require.Contains(t, f.Note, "Surrey all")
	require.True(t, slices.ContainsFunc(f.Rows, func(row []any) bool { return row[1] == "Surrey" }), "the table has all")
}

// Of more councils than the foot has room for, the table alone has the figures.
func TestSavesMoreThanNamesFew(t *testing.T) {
	var curves []savedBy
	for range 12 {
		curves = append(curves, savedBy{name: "Ashby", hidden: true})
	}
	require.Equal(t, "12 councils are not drawn and are in the table of figures (CSV)", notDrawn([][]savedBy{curves, curves}))
}
