package montecarlo

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/edgeofcare/edgeofcare/scenario"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

func TestResultStatesItsConventions(t *testing.T) {
	r := result(t, programmes.DN2(t, "base"))
	c := r.Conventions
	require.Equal(t, uint64(11), c.Seed)
	require.Equal(t, few, c.Replications)
	require.Equal(t, "2026-09-30", c.Horizon.String())
	require.Equal(t, 313, c.Weeks)
	require.Equal(t, "Q2 2024/25", c.ToDate.String())
	for _, said := range []string{c.Counting, c.Discounting, c.PriceBase, c.Window, c.Central, c.Mean, c.Uncertainty, c.Pairing, c.Fingerprint, c.Architecture} {
		require.NotEmpty(t, said)
	}
	require.NotEmpty(t, r.Version.Programme.Cautions)
	require.Len(t, r.Expectation.Deadweight, 4)
	require.Len(t, r.Budgets, 3)
	require.Positive(t, r.Check.Compared)
}

func TestResultGoesToJSONAndBack(t *testing.T) {
	r := result(t, programmes.DN2(t, "base"))
	text, err := json.Marshal(r)
	require.NoError(t, err)
	var back Result
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, r.Totals, back.Totals)
	require.Equal(t, r.Quarterly, back.Quarterly)
	require.Nil(t, back.Values(Payments))
	again, err := json.Marshal(&back)
	require.NoError(t, err)
	require.JSONEq(t, string(text), string(again), "nothing that was written is lost")
	require.Equal(t, r.Ledger, back.Ledger)
	require.Equal(t, r.Version.Programme.Fingerprint(), back.Version.Programme.Fingerprint())
	central, err := Central(back.Version, contract.Constant)
	require.NoError(t, err)
	require.Equal(t, r.Ledger, central.Ledger, "the version that was read back gives the same figures")
	require.Equal(t, r.Ranked, back.Ranked)
	require.Equal(t, r.Conventions, back.Conventions)
	_, err = back.Reprice(context.Background(), r.Version)
	require.ErrorIs(t, err, ErrNotKept)
}

func TestQuantilesBoundTheValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 200).Draw(t, "values")
		quantiles := []float64{0.05, 0.5, 0.95}
		n := float64(len(values))
		d := distribution(values, quantiles, true) // sorts them
		for i, q := range d.Quantiles {
			atMost := 0.0
			for _, v := range values {
				if v <= q.Value {
					atMost++
				}
			}
			require.GreaterOrEqual(t, atMost/n, quantiles[i]-1e-12)
			if q.Low != nil {
				require.LessOrEqual(t, *q.Low, q.Value)
			}
			if q.High != nil {
				require.GreaterOrEqual(t, *q.High, q.Value)
			}
		}
		require.False(t, math.IsNaN(d.Mean))
		require.Equal(t, n == 1, d.SD == nil)
		require.Equal(t, n == 1, d.StdErr == nil)
		require.False(t, n > 1 && math.IsNaN(*d.SD+*d.StdErr))
	})
}

func TestOptionsAreChecked(t *testing.T) {
	p := programmes.Lively()
	for name, o := range map[string]Options{
		"replications": {Replications: -1}, "workers": {Workers: -1}, "engine": {Engine: 9}, "quantile": {Quantiles: []float64{1.2}},
	} {
		_, err := Run(context.Background(), asVersion(p), o)
		require.ErrorContains(t, err, name)
	}
	p.Weeks = 0
	_, err := Run(context.Background(), asVersion(p), Options{})
	var fault *model.Fault
	require.ErrorAs(t, err, &fault)
}

func TestStoppedRunKeepsWhatIsDone(t *testing.T) {
	p := programmes.DN2(t, "base")
	ctx, stop := context.WithCancel(context.Background())
	o := Options{Seed: 11, Replications: 100_000, TotalsOnly: true, Progress: func(done, _ int) {
		if done >= 200 {
			stop()
		}
	}}
	r, err := Run(ctx, asVersion(p), o)
	require.ErrorIs(t, err, context.Canceled)
	require.NotNil(t, r)
	require.True(t, r.Incomplete)
	require.Contains(t, kinds(r), wasStopped)
	n := r.Conventions.Replications
	require.GreaterOrEqual(t, n, 100)
	full, err := Run(context.Background(), asVersion(p), Options{Seed: 11, Replications: n, TotalsOnly: true})
	require.NoError(t, err)
	require.Equal(t, full.Totals, r.Totals)

	stop()
	r, err = Run(ctx, asVersion(p), o)
	require.ErrorIs(t, err, context.Canceled)
	require.Nil(t, r)
}

func TestProgressEndsAtTheTotal(t *testing.T) {
	var last, total int
	result(t, programmes.Lively(), func(o *Options) { o.Progress = func(done, all int) { last, total = done, all } })
	require.Equal(t, few, last)
	require.Equal(t, few, total)
}

func TestRepriceEqualsARunOfTheOtherPrices(t *testing.T) {
	p := programmes.DN2(t, "high")
	kept := result(t, p, func(o *Options) { o.Keep = true })
	p.Contract.Cap = decimal.NewNullDecimal(decimal.NewFromInt(5_000_000))
	p.Contract.Metrics[0].Tariff.Amount = programmes.Pounds("612.34")
	p.UnitCosts[0].PerWeek = programmes.Pounds("4321.09")
	p.Cohorts[2].CashableShare = programmes.Pounds("0.33")
	repriced, err := kept.Reprice(context.Background(), asVersion(p))
	require.NoError(t, err)
	requireSame(t, result(t, p), repriced)

	p.Cohorts[0].Lag++
	_, err = kept.Reprice(context.Background(), asVersion(p))
	require.ErrorIs(t, err, model.ErrOtherRules)
	require.ErrorContains(t, err, "(cohorts)")

	_, err = result(t, p).Reprice(context.Background(), asVersion(p))
	require.ErrorIs(t, err, ErrNotKept)
}

func TestWarnings(t *testing.T) {
	p := programmes.Lively()
	// The planned placement costs more than any other.
	for i := range p.UnitCosts {
		p.UnitCosts[i].PerWeek = decimal.Zero
	}
	p.UnitCosts = append(p.UnitCosts, contract.UnitCost{State: "foster, planned", PerWeek: programmes.Pounds("9000")})
	r := result(t, p)
	require.Contains(t, kinds(r), harm)
	require.Contains(t, kinds(r), fewReplications) // 60 × 5% is 3
	r = result(t, programmes.DN2(t, "high"), func(o *Options) { o.Replications = 200 })
	// What package warn finds in the programme comes first, with its setting and the
	// amount; that of the cap is the mean of what it cuts.
	require.Equal(t, []WarningKind{"after the end", capBinds}, kinds(r))
	require.Equal(t, "end", r.Warnings[0].Path)
	require.InDelta(t, 127_754, r.Warnings[0].Amount, 1)
	unpaid, _ := r.Totals.Of(Unpaid)
	require.Equal(t, unpaid.Mean, r.Warnings[1].Amount)
	r = result(t, programmes.DN2(t, "medium"), func(o *Options) { o.Replications = 200 })
	require.Empty(t, r.Warnings)
}

func TestCompareIsPairedAndByName(t *testing.T) {
	low, high := asVersion(programmes.DN2(t, "low"), "low"), asVersion(programmes.DN2(t, "high"), "high")
	o := Options{Seed: 11, Replications: few}
	c, err := Compare(context.Background(), []*scenario.Version{low, high}, "low", o)
	require.NoError(t, err)
	require.Equal(t, "high", c.Differences[0].Version)
	d, ok := c.Differences[0].Totals.Of(Avoided)
	require.True(t, ok)
	b, a := c.Results[0], c.Results[1]
	x, y := values(t, a, Avoided, ""), values(t, b, Avoided, "")
	sum := 0.0
	for i := range x {
		sum += x[i] - y[i]
	}
	require.InDelta(t, sum/few, d.Mean, 1e-6)
	require.Less(t, *d.StdErr, math.Hypot(*summary(t, a, Avoided).StdErr, *summary(t, b, Avoided).StdErr))

	// The other order gives the same figures under the same names.
	swapped, err := Compare(context.Background(), []*scenario.Version{high, low}, "low", o)
	require.NoError(t, err)
	again, _ := swapped.Differences[0].Totals.Of(Avoided)
	require.Equal(t, d, again)

	_, err = Compare(context.Background(), []*scenario.Version{low, low}, "", o)
	require.ErrorContains(t, err, "twice")
	_, err = Compare(context.Background(), []*scenario.Version{low, high}, "medium", o)
	require.ErrorContains(t, err, `no version "medium"`)
	_, err = CompareResults([]*Result{a, result(t, low.Programme, func(o *Options) { o.Seed++ })}, "")
	require.ErrorContains(t, err, "cannot be paired")
}

// jump is a simulator of a programme.
func jump(t require.TestingT, p *model.Programme) *lives.Simulator {
	tables, err := lives.NewTables(p)
	require.NoError(t, err)
	return tables.Simulator(lives.Jump)
}

func summary(t *testing.T, r *Result, name string, of ...string) Summary {
	t.Helper()
	s, ok := r.Totals.Of(name, of...)
	require.True(t, ok)
	return s
}

// Common random numbers must take noise out of the difference between arms.
func TestCommonRandomNumbersReduceVariance(t *testing.T) {
	r := result(t, programmes.DN2(t, "base"), func(o *Options) { o.Replications = 400 })
	with, _ := r.Totals.Of(careCost, "", "intervention")
	without, _ := r.Totals.Of(careCost, "", "counterfactual")
	independent := *with.SD**with.SD + *without.SD**without.SD
	shared := stat.StdDev(values(t, r, Avoided, ""), nil)
	t.Logf("variance of the difference: independent ÷ common is %.1f", independent/(shared*shared))
	require.Greater(t, independent/(shared*shared), 2.0)
}

func TestCapacityIsSaid(t *testing.T) {
	p := programmes.Lively()
	p.Capacity = model.Capacity{StartsPerQuarter: 2, Lapse: 4}
	r, err := Run(t.Context(), asVersion(p), Options{Replications: 200, Seed: 1})
	require.NoError(t, err)
	found := false
	for _, w := range r.Warnings {
		found = found || w.Kind == capacityBinds
		require.NotEqual(t, disagrees, w.Kind)
	}
	require.True(t, found)
	started, _ := r.Totals.Of(Started)
	require.False(t, started.Exact)
	require.Less(t, started.Mean, started.Central)
}

// From 20,000 children on a run says the exact figures, whatever is drawn; with fewer, and
// where starts are limited, it does not.
func TestManyChildrenAreSaid(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	said := func(times float64, o Options, edits ...scenario.Edit) string {
		v, err := d.Version("base", append(edits, scenario.TimesFloat("cohorts.*.referrals.children", times))...)
		require.NoError(t, err)
		o.Replications, o.TotalsOnly = 1, true
		r, err := Run(t.Context(), v, o)
		require.NoError(t, err)
		for _, w := range r.Warnings {
			if w.Kind == manyChildren {
				return w.Text
			}
		}
		return ""
	}
	require.Empty(t, said(80, Options{FixedRates: true}))
	require.Contains(t, said(100, Options{FixedRates: true}), "24,300 children are expected to be referred")
	require.Contains(t, said(100, Options{}), "1,385,725 with a standard deviation of 6,0")
	require.Empty(t, said(100, Options{FixedRates: true, Unwarned: true}))
	require.Empty(t, said(100, Options{FixedRates: true}, scenario.Set("capacity", "{starts per quarter: 20}")))
}

func TestInvalidProgrammeIsNotRun(t *testing.T) {
	p := programmes.Lively()
	p.Background["residential"] = programmes.Moves("foster", 0.7, "reunified", 0.4)
	_, err := Run(t.Context(), asVersion(p), Options{Replications: 1})
	require.ErrorContains(t, err, "residential")
}

// From the children's draws to the last figure, a replication of DN2 allocates
// nothing, however it is reported.
func TestWholeReplicationAllocatesNothing(t *testing.T) {
	for _, p := range []*model.Programme{programmes.DN2(t, "base"), programmes.DN2(t, "high")} {
		for _, totalsOnly := range []bool{true, false} {
			r, err := prepare(asVersion(p), Options{Replications: 100, TotalsOnly: totalsOnly})
			require.NoError(t, err)
			s, price := jump(t, p), r.newPrice()
			next, row := 0, make([]float64, len(r.centre))
			require.Zero(t, testing.AllocsPerRun(90, func() {
				price(next, s.Replicate(1, next), row)
				next++
			}), "totals only %v", totalsOnly)
		}
	}
}

func BenchmarkExpectation(b *testing.B) {
	p := programmes.DN2(b, "base")
	for b.Loop() {
		if _, err := expect.Of(p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPrice prices one replication and works every figure out of it.
func BenchmarkPrice(b *testing.B) {
	p := programmes.DN2(b, "high")
	tally := jump(b, p).Replicate(1, 1)
	for _, totalsOnly := range []bool{true, false} {
		name := map[bool]string{true: "totals", false: "with series"}[totalsOnly]
		b.Run(name, func(b *testing.B) {
			r, err := prepare(asVersion(p), Options{Replications: 1, TotalsOnly: totalsOnly})
			if err != nil {
				b.Fatal(err)
			}
			price, row := r.newPrice(), make([]float64, len(r.centre))
			b.ReportAllocs()
			for b.Loop() {
				price(0, tally, row)
			}
		})
	}
	b.Run("ledger", func(b *testing.B) {
		pricer, err := p.Pricer(contract.Constant, nil)
		if err != nil {
			b.Fatal(err)
		}
		ledger := pricer.NewLedger()
		b.ReportAllocs()
		for b.Loop() {
			contract.Price(pricer, tally, ledger)
		}
	})
}
