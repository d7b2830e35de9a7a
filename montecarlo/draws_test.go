package montecarlo

import (
	"bytes"
	"context"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/certain"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// dn2Uncertain is a case of DN2 in which nothing is uncertain but what edits make so.
func dn2Uncertain(t testing.TB, version string, edits ...string) *scenario.Version {
	t.Helper()
	d, err := scenario.Read("dn2.yaml", strings.NewReader(certain.File(t, scenario.Library(), "dn2")))
	require.NoError(t, err)
	var all []scenario.Edit
	for _, text := range edits {
		one, err := scenario.ParseEdit(text)
		require.NoError(t, err)
		all = append(all, one)
	}
	v, err := d.Version(version, all...)
	require.NoError(t, err)
	return v
}

// libraryCases reads cases of DN2 as the library has it, with its ranges.
func libraryCases(t testing.TB, names ...string) (versions []*scenario.Version) {
	d, err := scenario.Open("dn2")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		v, err := d.Version(name)
		if err != nil {
			t.Fatal(err)
		}
		versions = append(versions, v)
	}
	return versions
}

var someUncertain = []string{
	"cohorts.step-down.failure.hazard={value: 0.0093, range: 0.006 to 0.013}",
	"cohorts.step-down.failure.to={residential: 14 of 20, foster: 6 of 20}",
	"cohorts.foster stability.background.foster.residential={value: 0.01, range: 0.005 to 0.02}",
	"unit costs.residential={value: 4000, range: 3500 to 4600}",
	"cohorts.step-down.cashable share={value: 80%, range: 60 to 95%}",
	"delivery.scale={value: 1, range: 0.85 to 1.18}",
}

func runWith(t testing.TB, v *scenario.Version, o Options) *Result {
	t.Helper()
	r, err := Run(context.Background(), v, o)
	require.NoError(t, err)
	return r
}

// Any number of workers and shards gives the same result.
func TestDrawsDoNotDependOnWorkersOrShards(t *testing.T) {
	v := dn2Uncertain(t, "base", someUncertain...)
	o := Options{Replications: 40, Seed: 5, Workers: 1}
	want := runWith(t, v, o)
	o.Workers = 3
	sameResult(t, want, runWith(t, v, o))

	var parts []io.Reader
	for i := 1; i <= 3; i++ {
		part, err := RunShard(context.Background(), v, o, Shard{i, 3})
		require.NoError(t, err)
		var file bytes.Buffer
		_, err = part.WriteTo(&file)
		require.NoError(t, err)
		parts = append(parts, &file)
	}
	merged, err := MergeFrom(v, parts...)
	require.NoError(t, err)
	sameResult(t, want, merged)
}

func sameResult(t *testing.T, want, got *Result) {
	t.Helper()
	assert.Equal(t, want.Totals, got.Totals)
	assert.Equal(t, want.Probabilities, got.Probabilities)
	assert.Equal(t, want.Conventions, got.Conventions)
	for _, m := range []string{Payments, NetPublic, NetCashable} {
		assert.Equal(t, want.Values(m), got.Values(m))
	}
}

// With fixed rates nothing depends on what is said to be uncertain.
func TestFixedRatesAreThoseOfTheFileWithoutRanges(t *testing.T) {
	o := Options{Replications: 30, Seed: 2, FixedRates: true}
	with := runWith(t, dn2Uncertain(t, "base", "cohorts.step-down.failure.hazard={value: 0.0093, range: 0.006 to 0.013}"), o)
	without := runWith(t, dn2Uncertain(t, "base", "cohorts.step-down.failure.hazard=0.0093"), Options{Replications: 30, Seed: 2})
	for _, m := range []string{Payments, NetPublic, NetCashable} {
		assert.Equal(t, without.Values(m), with.Values(m))
	}
	s, ok := with.Totals.Of(NetPublic)
	require.True(t, ok)
	assert.Nil(t, s.Rates)
	assert.Contains(t, with.Conventions.Uncertainty, "at these rates")
}

// Another uncertain input changes no other's draw, and cases share the quantiles.
func TestDrawsOfAnInputAreItsOwn(t *testing.T) {
	drawsOf := func(v *scenario.Version, path model.Path) (values []float64, law model.Uncertain) {
		drawer, err := v.Drawer()
		require.NoError(t, err)
		d := newDrawing(drawer, 9, nil, nil)
		for i, u := range drawer.Inputs() {
			if u.Path == path {
				for replication := range 20 {
					drawn, _, err := d.draw(replication)
					require.NoError(t, err)
					values = append(values, drawn.Values[i])
				}
				return values, u
			}
		}
		require.Fail(t, "it is not uncertain")
		return nil, model.Uncertain{}
	}
	const cost = "unit costs.residential"
	one, _ := drawsOf(dn2Uncertain(t, "base", someUncertain[3]), cost)
	many, _ := drawsOf(dn2Uncertain(t, "base", someUncertain...), cost)
	assert.Equal(t, one, many)

	dear, law := drawsOf(dn2Uncertain(t, "high", "unit costs.residential={value: 5000, range: 4500 to 5700}"), cost)
	for i := range one {
		assert.InDelta(t, 1-law.Law.Above(dear[i]), 1-dn2Uncertain(t, "base", someUncertain[3]).Programme.Uncertain[0].Law.Above(one[i]), 1e-5)
	}
	assert.InDelta(t, 1, stat.Correlation(one, dear, nil), 0.01)
}

// A cost that multiplies everything splits the variance in a known way: with a
// residential price of 4,000 × F and all else free, avoided cost is F × X, so that
// Var(E[FX | F]) = E[X]² Var(F) and Var(FX) = E[F²] E[X²] − E[F]² E[X]².
func TestShareOfRatesByAClosedForm(t *testing.T) {
	free := []string{"unit costs.foster=0", "unit costs.edge of care=0", "unit costs.reunified=0"}
	n := 300
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		n = 3000
	}
	o := Options{Replications: n, Seed: 3, TotalsOnly: true}
	alone := runWith(t, dn2Uncertain(t, "base", free...), o)
	independent := []string{"", "", independentLives} // which has the wider range
	x := alone.Values(Avoided, independent...)
	v := dn2Uncertain(t, "base", append(free, "unit costs.residential={value: 4000, range: 3200 to 4900}")...)
	law := v.Programme.Uncertain[0].Law
	mean, variance := stat.MeanVariance(x, nil)
	f2 := 1 + math.Pow(law.SD()/4000, 2)
	rates := mean * mean * (f2 - 1)
	want := rates / (f2*(variance+mean*mean) - mean*mean)

	got := runWith(t, v, o)
	s, ok := got.Totals.Of(Avoided)
	require.True(t, ok)
	require.NotNil(t, s.Rates)
	assert.True(t, s.Rates.Exact)
	require.Equal(t, independentLives, s.Pairing)
	assert.InDelta(t, want, s.Rates.Share, 3.3*math.Hypot(s.Rates.StdErr, want*(1-want)*math.Sqrt(2/float64(n))), "the variances of %d replications are estimates too", n)
	width := func(q []Quantile) float64 { return q[4].Value - q[0].Value }
	assert.Greater(t, width(s.Quantiles), 1.05*width(s.Rates.Chance))

	payments, ok := got.Totals.Of(Payments)
	require.True(t, ok)
	require.NotNil(t, payments.Rates)
	assert.InDelta(t, 0, payments.Rates.Share, 3.3*payments.Rates.StdErr, "they do not depend on the price of care")
}

// The sign of a cohort's expected avoided cost is that of the draw: where it is
// negative, its extra cost is cash in full.
func TestCashableSignIsThatOfTheDraw(t *testing.T) {
	const share = "cohorts.edge of care.cashable share=10%"
	v := dn2Uncertain(t, "base", share, "background.edge of care.foster={value: 0.0048, uniform: 0.0001 to 0.0095}")
	r := runWith(t, v, Options{Replications: 60, Seed: 1, TotalsOnly: true})
	drawer, err := v.Drawer()
	require.NoError(t, err)
	d := newDrawing(drawer, 1, nil, nil)
	cashable := r.Values(Cashable)
	for i := range cashable {
		drawn, _, err := d.draw(i)
		require.NoError(t, err)
		fixed := dn2Uncertain(t, "base", share, "background.edge of care.foster="+strconv.FormatFloat(drawn.Values[0], 'g', 12, 64))
		one := runWith(t, fixed, Options{Replications: i + 1, Seed: 1, TotalsOnly: true})
		assert.InDelta(t, one.Values(Cashable)[i], cashable[i], 0.06, "replication %d", i)
		if i == 12 {
			break
		}
	}
}

// A figure rests on the inputs that move it, and not on others.
func TestInfluences(t *testing.T) {
	v := dn2Uncertain(t, "base", "unit costs.residential={value: 4000, range: 3000 to 5200}", "cohorts.step-down.cashable share={value: 80%, range: 60 to 95%}")
	r := runWith(t, v, Options{Replications: 150, Seed: 4, TotalsOnly: true})
	of := func(name string) map[string]float64 {
		all, err := r.Influences(t.Context(), name)
		require.NoError(t, err)
		rho := map[string]float64{}
		for _, one := range all {
			rho[string(one.Input.Path)] = one.RankCorrelation
			assert.InDelta(t, 1/math.Sqrt(149), one.StdErr, 1e-12)
		}
		require.Len(t, rho, 2)
		return rho
	}
	saving := of(NetPublic)
	assert.Greater(t, saving["unit costs.residential"], 0.25)
	assert.InDelta(t, 0, saving["cohorts.step-down.cashable share"], 0.3, "gross saving does not depend on what is cash")
	assert.Greater(t, of(NetCashable)["cohorts.step-down.cashable share"], 0.1)
	assert.InDelta(t, 0, of(Payments)["unit costs.residential"], 0.3)

	fixed := runWith(t, v, Options{Replications: 20, TotalsOnly: true, FixedRates: true})
	none, err := fixed.Influences(t.Context(), NetPublic)
	require.NoError(t, err)
	assert.Nil(t, none)
}

// Alternatives have no order: of three of which the first is in the middle, the ranks
// of the places would say little of a figure that they decide.
func TestAlternativesHaveNoOrder(t *testing.T) {
	// 1, 2 | 3, 4: 4 of 5 squares are between, and 1 - (1 - 0.8) × 3/2 is left.
	assert.InDelta(t, math.Sqrt(0.7), correlationRatio([]float64{0, 0, 1, 1}, []float64{1, 2, 3, 4}), 1e-12)
	assert.Zero(t, correlationRatio([]float64{0, 1, 0, 1}, []float64{1, 1, 2, 2}))
	assert.Zero(t, correlationRatio([]float64{0, 1}, []float64{1, 2}), "nothing is known of a group of one")
	assert.Zero(t, correlationRatio([]float64{0, 0, 0}, []float64{1, 2, 3}))
	group, figure := []float64{}, []float64{}
	for i := range 300 {
		group = append(group, float64(i%3))
		figure = append(figure, []float64{150, 250, 50}[i%3]+float64(i/3))
	}
	assert.Greater(t, correlationRatio(group, ranks(figure)), 0.9)
	assert.Less(t, math.Abs(stat.Correlation(group, ranks(figure), nil)), 0.5)
}

func TestRanksShareTies(t *testing.T) {
	assert.Equal(t, []float64{4, 1, 2.5, 2.5}, ranks([]float64{9, 1, 2, 2}))
}

// In cash the draws are the same, and so is the pairing.
func TestDrawsInCash(t *testing.T) {
	v := dn2Uncertain(t, "base", append([]string{"inflation=2%"}, someUncertain...)...)
	o := Options{Replications: 40, Seed: 5, TotalsOnly: true}
	constant := runWith(t, v, o)
	o.Prices = contract.Cash
	cash := runWith(t, v, o)
	for _, m := range []string{Avoided, NetPublic, NetCashable} {
		a, _ := constant.Totals.Of(m)
		b, _ := cash.Totals.Of(m)
		assert.Equal(t, a.Pairing, b.Pairing)
		require.NotNil(t, b.Rates)
		assert.InDelta(t, a.Rates.Share, b.Rates.Share, 0.02, m)
	}
	o.Workers = 1
	sameResult(t, cash, runWith(t, v, o))
}

// Kept tallies are priced under the draws that they were made under; other laws of
// rates need another run.
func TestRepriceWithDraws(t *testing.T) {
	v := dn2Uncertain(t, "base", someUncertain...)
	r := runWith(t, v, Options{Replications: 30, Seed: 5, TotalsOnly: true, Keep: true})
	again, err := r.Reprice(t.Context(), v)
	require.NoError(t, err)
	sameResult(t, r, again)

	dear := append(someUncertain[:len(someUncertain):len(someUncertain)], "unit costs.residential=5000")
	priced, err := r.Reprice(t.Context(), dn2Uncertain(t, "base", dear...))
	require.NoError(t, err)
	run := runWith(t, dn2Uncertain(t, "base", dear...), Options{Replications: 30, Seed: 5, TotalsOnly: true})
	assert.Equal(t, run.Values(NetPublic), priced.Values(NetPublic))

	other := append(someUncertain[:len(someUncertain):len(someUncertain)], "cohorts.step-down.failure.hazard={value: 0.0093, range: 0.004 to 0.017}")
	_, err = r.Reprice(t.Context(), dn2Uncertain(t, "base", other...))
	require.ErrorIs(t, err, model.ErrOtherRules)
}

// What a draw comes to is what a run of the file with the drawn numbers in it comes
// to, costs of delivery included.
func TestADrawIsARunOfTheDrawnNumbers(t *testing.T) {
	edits := []string{"delivery.scale={value: 1, range: 0.85 to 1.18}", "unit costs.residential={value: 4000, range: 3500 to 4600}"}
	v := dn2Uncertain(t, "medium", edits...)
	r := runWith(t, v, Options{Replications: 4, Seed: 7, TotalsOnly: true})
	drawer, err := v.Drawer()
	require.NoError(t, err)
	d := newDrawing(drawer, 7, nil, nil)
	for i := range 4 {
		values, err := d.values(i)
		require.NoError(t, err)
		var fixed []string
		for k, u := range drawer.Inputs() {
			decimals := 9
			if u.Path == "unit costs.residential" {
				decimals = 2
			}
			fixed = append(fixed, string(u.Path)+"="+strconv.FormatFloat(values[k], 'f', decimals, 64))
		}
		one := runWith(t, dn2Uncertain(t, "medium", fixed...), Options{Replications: 4, Seed: 7, TotalsOnly: true})
		for _, m := range []string{NetPublic, NetCashable, DeliveryCost, CapitalRequirement, Receipts} {
			assert.Equal(t, one.Values(m)[i], r.Values(m)[i], m)
		}
	}
}
