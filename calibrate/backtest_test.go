package calibrate

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func quarter(t require.TestingT, s string) calendar.Quarter {
	q, err := calendar.ParseQuarter(s)
	require.NoError(t, err)
	return q
}

func quarters(t require.TestingT, all ...string) (parsed []calendar.Quarter) {
	for _, s := range all {
		parsed = append(parsed, quarter(t, s))
	}
	return parsed
}

// version is a version of a programme of the library.
func version(t require.TestingT, programme, text string, edits ...scenario.Edit) *scenario.Version {
	d, err := scenario.Open(programme)
	require.NoError(t, err)
	v, err := d.Version(text, edits...)
	require.NoError(t, err)
	return v
}

func at(t require.TestingT, b *Backtest, origin, input string) Fit {
	for _, f := range b.Fits {
		if f.FittedTo == quarter(t, origin) && f.Input == input {
			return f
		}
	}
	require.FailNow(t, "no such fit", "%s %s", origin, input)
	return Fit{}
}

// Base is fitted to June 2024. Its failure rates fitted again to December 2022 only
// must still say something about the quarters after it, and what they say is known.
func TestHoldOutOfDN2(t *testing.T) {
	b, err := HoldOut(context.Background(), version(t, "dn2", "base"), Options{Fit: []string{"failure"}, FitsOnly: true, Run: montecarlo.Options{Seed: 1}})
	require.NoError(t, err)
	require.Len(t, b.Fits, 4*3)
	require.Empty(t, b.Forecasts) // they were not asked for
	require.Equal(t, 2000, b.Replications)
	require.Empty(t, b.Derived)
	require.Empty(t, b.Granted)

	f := at(t, b, "Q3 2022/23", "failure")
	require.True(t, f.Used)
	require.InDelta(t, 0.9828, f.Multiplier, 0.0001)
	var fitted, paid, held, heldModelled float64
	worst := 0.0
	for _, q := range f.Quarters {
		switch {
		case !q.Held:
			fitted, paid = fitted+q.Modelled, paid+q.Actual
		case q.Quarter <= quarter(t, "Q1 2024/25"):
			held, heldModelled = held+q.Actual, heldModelled+q.Modelled
			fallthrough
		default:
			worst = max(worst, *q.Error)
		}
	}
	require.InDelta(t, 1_512_175, paid, 0.001) // the eight quarters to December 2022
	require.InDelta(t, paid, fitted, 1)
	require.InDelta(t, 3_708_977-1_512_175, held, 0.001) // the six to June 2024
	require.InDelta(t, 0.008, heldModelled/held-1, 0.0005)
	require.InDelta(t, 0.158, worst, 0.001) // Q3 2023/24: £369,947 of £319,482
	require.InDelta(t, 4_102_992-1_512_175, f.HeldOut.Actual, 0.001)

	// 11 + 9 + 7 + 5 quarters after the four origins.
	inside, of := 0, 0
	for _, f := range b.Fits {
		for _, q := range f.Quarters {
			require.Equal(t, q.Held && f.Used, q.Inside != nil)
			if q.Inside != nil {
				require.Equal(t, *q.Low <= q.Actual && q.Actual <= *q.High, *q.Inside)
				if of++; *q.Inside {
					inside++
				}
			}
		}
	}
	require.Equal(t, []int{23, 32}, []int{inside, of})

	// What had seen the quarters that are held out.
	var seen []string
	for _, in := range b.Fitted { // the start of referrals was fitted to 2021, before every origin
		if in.FittedTo.String() == "2024-06-30" {
			seen = append(seen, string(in.Path))
		} else {
			require.Contains(t, in.Path, ".referrals.")
			require.Equal(t, "2021", in.FittedTo.String()[:4])
		}
	}
	require.Len(t, b.Fitted, 8+5)
	require.ElementsMatch(t, []string{
		"cohorts.step-down.failure.hazard", "cohorts.foster stability.failure.hazard", "cohorts.reunification.failure.hazard", "cohorts.edge of care.failure.hazard",
		"metrics.M1 step-down.tariff", "metrics.M2 foster stability.tariff", "metrics.M3 reunification.tariff", "metrics.M4 edge of care.tariff",
	}, seen)
}

// The high case has too many children. Failure would have to be many times what it
// is, which is refused; fewer referrals explain what was paid, and are used.
func TestAbsurdFitIsRefused(t *testing.T) {
	v, o := version(t, "dn2", "high"), Options{FitsOnly: true, Origins: quarters(t, "Q3 2021/22", "Q3 2022/23"), Run: montecarlo.Options{Replications: 20}}
	b, err := HoldOut(context.Background(), v, o)
	require.NoError(t, err)
	for origin, needed := range map[string]float64{"Q3 2021/22": 14.74, "Q3 2022/23": 6.793} {
		f := at(t, b, origin, "failure")
		require.True(t, f.Refused)
		require.InDelta(t, needed, f.Multiplier, 0.01)
		require.Greater(t, f.Multiplier, f.Most)
		require.Nil(t, f.HeldOut)
		require.Empty(t, f.Quarters)
		likelier := at(t, b, origin, "referrals")
		require.True(t, likelier.Used)
		require.Less(t, likelier.Typical, f.Typical-0.05)
	}
	o.Fit = []string{"failure"}
	b, err = HoldOut(context.Background(), v, o)
	require.NoError(t, err)
	require.False(t, slices.ContainsFunc(b.Fits, func(f Fit) bool { return f.Used }))
	require.False(t, at(t, b, "Q3 2022/23", "referrals").Refused) // stands beside it
}

// Payments that the file derives, or in whose quarters a grant stood, are used
// nowhere, and are reported.
func TestPaymentsLeftOut(t *testing.T) {
	for _, c := range []struct {
		programme        string
		derived, granted int
		derivedPounds    string // by hand from the file
		grantedPounds    string
		used             int
		origins          []string
	}{
		// Q4 2018/19 to Q3 2020/21; £139,078 + £102,592 + £148,200 + £176,884 + £208,920 + £187,654, claims of several months, less a penny or two of division
		{"norfolk", 8, 0, "963328", "0", 15, []string{"Q3 2021/22", "Q1 2022/23", "Q3 2022/23", "Q1 2023/24"}},
		// £8,432 + £38,958 + £65,434 + £90,718 + £103,188 + £135,754 + £108,004
		{"suffolk", 8, 0, "550488", "0", 13, []string{"Q3 2021/22", "Q1 2022/23", "Q3 2022/23"}},
		// £378,000 + £470,400 + £263,200; and 3 x £161,510 + £484,530
		{"staffordshire-ifss", 8, 4, "1111600", "969060", 13, []string{"Q4 2021/22", "Q2 2022/23", "Q4 2022/23"}},
	} {
		b, err := HoldOut(context.Background(), version(t, c.programme, "base"), Options{FitsOnly: true, Run: montecarlo.Options{Replications: 20}})
		require.NoError(t, err)
		for _, left := range []struct {
			payments []model.QuarterAmount
			n        int
			pounds   string
		}{{b.Derived, c.derived, c.derivedPounds}, {b.Granted, c.granted, c.grantedPounds}} {
			require.Len(t, left.payments, left.n, c.programme)
			sum := decimal.Zero
			for _, a := range left.payments {
				sum = sum.Add(a.Amount)
				for _, f := range b.Fits {
					require.False(t, slices.ContainsFunc(f.Quarters, func(q BacktestQuarter) bool { return q.Quarter == a.Quarter }), "%s %s", c.programme, a.Quarter)
				}
			}
			require.Equal(t, left.pounds, sum.Round(0).String(), c.programme)
		}
		var origins []calendar.Quarter
		for _, f := range b.Fits {
			if f.Used {
				require.Len(t, f.Quarters, c.used, c.programme)
				origins = append(origins, f.FittedTo)
			}
		}
		require.Equal(t, quarters(t, c.origins...), origins, c.programme)
	}
}

// history is a version to which other payments than its own happened.
func history(t require.TestingT, v *scenario.Version, paid func(i int) float64) *scenario.Version {
	other, p := *v, *v.Programme
	other.Programme = &p
	p.Published.Actual = slices.Clone(p.Published.Actual)
	for i, a := range p.Published.Actual {
		index, ok := p.Calendar().Index(a.Quarter)
		require.True(t, ok)
		p.Published.Actual[i].Amount = decimal.NewFromFloat(paid(index)).Round(2)
	}
	return &other
}

// What happened is the model's own projection with one group of inputs multiplied:
// that candidate finds the multiplier, has no error before or after the origin, and
// is used.
func TestRecoversItsOwnMultiplier(t *testing.T) {
	v := version(t, "dn2", "base")
	candidates, err := candidatesOf(v, nil)
	require.NoError(t, err)
	for _, one := range []struct {
		candidate  int
		multiplier float64
	}{{0, 0.45}, {0, 1.7}, {1, 0.8}, {2, 0.6}, {2, 2.3}} {
		c, m := candidates[one.candidate], one.multiplier
		truth, err := c.times(m)
		require.NoError(t, err)
		projection, err := montecarlo.Central(truth, contract.Constant)
		require.NoError(t, err)
		total := make([]float64, len(projection.Quarters))
		for payer := range projection.Ledger.Payers {
			for council := range projection.Ledger.Shape.Commissioners {
				for q, pence := range projection.Ledger.PaymentsOf(payer, council) {
					total[q] += float64(pence) / 100
				}
			}
		}
		total[1] += total[0] // the first published quarter holds what was earned before
		happened := history(t, v, func(i int) float64 { return total[i] })
		b, err := HoldOut(context.Background(), happened, Options{FitsOnly: true, Origins: quarters(t, "Q1 2023/24"), Run: montecarlo.Options{Replications: 2}})
		require.NoError(t, err)
		f := at(t, b, "Q1 2023/24", c.name)
		require.InDelta(t, m, f.Multiplier, 1e-5)
		require.InDelta(t, 0, f.Typical, 1e-5)
		require.InDelta(t, 0, *f.HeldOut.Error, 1e-5)
	}
}

// Simulated histories in which 60% of the children came: none of ten is put down to
// failure where the programme is so large that chance does not hide the cause, and few
// at its own size. Histories in which placements failed three times as fast are put
// down to failure.
func TestTellsReferralsFromFailure(t *testing.T) {
	const histories = 10
	for _, c := range []struct {
		truth      int // among the candidates
		multiplier float64
		size       string // times the children of the medium case
		least      int    // histories that are put down to the truth
	}{{0, 0.6, "10", histories}, {2, 3, "10", 9}, {0, 0.6, "1", 7}} {
		v := version(t, "dn2", "medium", scenario.Times("cohorts.*.referrals.children", decimal.RequireFromString(c.size)), scenario.Set("contract cap", "none"))
		candidates, err := candidatesOf(v, nil)
		require.NoError(t, err)
		truth, err := candidates[c.truth].times(c.multiplier)
		require.NoError(t, err)
		r, err := montecarlo.Run(context.Background(), truth, montecarlo.Options{Seed: 7, Replications: histories, FixedRates: true})
		require.NoError(t, err)
		right, sum := 0, 0.0
		for _, path := range r.Paths(montecarlo.Payments) {
			seen, err := observe(history(t, v, func(i int) float64 { return path[i] }))
			require.NoError(t, err)
			var fits []Fit
			for _, one := range candidates {
				f, err := seen.fit(context.Background(), one, quarter(t, "Q4 2023/24"), nil)
				require.NoError(t, err)
				fits = append(fits, f)
			}
			Options{}.choose(fits)
			sum += fits[c.truth].Multiplier
			if failure := fits[2].Used; failure == (c.truth == 2) {
				right++
			}
		}
		t.Logf("%s × %v, %s times the children: %d of %d right, mean multiplier %.3f", candidates[c.truth].name, c.multiplier, c.size, right, histories, sum/histories)
		require.GreaterOrEqual(t, right, c.least)
		require.InDelta(t, c.multiplier, sum/histories, 0.15*c.multiplier)
	}
}

// A path is searched as far as the file's checks allow: a probability of 0.6 up to
// 1, one of 1 not above 1. What no multiplier reproduces has its gap.
func TestPathIsBoundedByWhatAFileAllows(t *testing.T) {
	v := version(t, "dn2", "base")
	stated, err := v.Certain() // as HoldOut has it: a range would end above 1 earlier
	require.NoError(t, err)
	c, err := byPath(stated, "cohorts.step-down.start probability")
	require.NoError(t, err)
	require.InDelta(t, 1/0.6, c.to, 1e-5)
	require.InDelta(t, 1.0/64, c.from, 1e-12)
	path := "cohorts.*.start probability"
	b, err := HoldOut(context.Background(), v, Options{FitsOnly: true, Origins: quarters(t, "Q3 2022/23"), Fit: []string{path}, Run: montecarlo.Options{Replications: 2}})
	require.NoError(t, err)
	f := at(t, b, "Q3 2022/23", path)
	require.True(t, f.Refused)
	require.InDelta(t, 1, f.Multiplier, 1e-5)
	require.InDelta(t, -4_925, f.Gap, 1) // too low even so: one cohort's is 1 already
}

// There is no error relative to nothing, and a quarter in which nothing was paid is
// still held out.
func TestNoErrorRelativeToNothing(t *testing.T) {
	v := version(t, "dn2", "base")
	index, _ := v.Programme.Calendar().Index(quarter(t, "Q4 2022/23"))
	v = history(t, v, func(i int) float64 {
		if i >= index {
			return 0
		}
		return float64(10_000 * i)
	})
	b, err := HoldOut(context.Background(), v, Options{FitsOnly: true, Origins: quarters(t, "Q3 2022/23"), Run: montecarlo.Options{Replications: 20}})
	require.NoError(t, err)
	f := at(t, b, "Q3 2022/23", "referrals")
	require.Nil(t, f.HeldOut.Error)
	require.Zero(t, f.HeldOut.Actual)
	require.False(t, *f.HeldOut.Inside)
	for _, q := range f.Quarters {
		require.Equal(t, q.Held, q.Error == nil, q.Quarter)
	}
}

// Payments under an indexed tariff are compared as they are paid, and so are their
// ranges.
func TestIndexedPaymentsAreInTheirOwnPrices(t *testing.T) {
	edits := []scenario.Edit{scenario.Set("inflation", "20%")}
	for _, m := range []string{"M1 step-down", "M2 foster stability", "M3 reunification", "M4 edge of care"} {
		edits = append(edits, scenario.Set("metrics."+m+".tariff", "{amount: 300, indexation: 20%}"))
	}
	b, err := HoldOut(context.Background(), version(t, "dn2", "base", edits...), Options{FitsOnly: true, Origins: quarters(t, "Q3 2022/23"), Run: montecarlo.Options{Replications: 100}})
	require.NoError(t, err)
	for _, q := range at(t, b, "Q3 2022/23", "referrals").Quarters {
		if q.Held {
			require.Less(t, *q.Low, q.Modelled)
			require.Greater(t, *q.High, q.Modelled)
		}
	}
}

func TestHoldOutErrors(t *testing.T) {
	v := version(t, "dn2", "base")
	few := *v
	p := *v.Programme
	p.Published.Actual = p.Published.Actual[:2]
	few.Programme = &p
	none := version(t, "dn2-2018", "")
	for want, c := range map[string]struct {
		v *scenario.Version
		o Options
	}{
		"no actual payments are published: there is nothing to fit to": {none, Options{}},
		"2 published payments can be used":                             {&few, Options{}},
		"no payments that can be used are published for Q4 2029/30: they are published for quarters from Q4 2020/21 to Q2 2024/25": {v, Options{Origins: quarters(t, "Q4 2029/30")}},
		"up to Q4 2020/21 there is one payment that can be used":                                                                   {v, Options{Origins: quarters(t, "Q4 2020/21")}},
		"nothing is held out after Q2 2024/25":                                                                                     {v, Options{Origins: quarters(t, "Q3 2022/23", "Q2 2024/25")}},
		`there is no fit called "failur"`:                                                                                          {v, Options{Fit: []string{"failur"}}},
		"cohorts.edge of care.cashable share cannot be fitted":                                                                     {v, Options{Fit: []string{"cohorts.edge of care.cashable share"}}},
		"hazzard": {v, Options{Fit: []string{"cohorts.*.failure.hazzard"}}},
	} {
		_, err := HoldOut(context.Background(), c.v, c.o)
		require.ErrorContains(t, err, want)
	}

	// The discount rate moves no payment, so no multiplier can fit them.
	path := "discount rate"
	b, err := HoldOut(context.Background(), v, Options{FitsOnly: true, Origins: quarters(t, "Q3 2022/23"), Fit: []string{path}, Run: montecarlo.Options{Replications: 2}})
	require.NoError(t, err)
	f := at(t, b, "Q3 2022/23", path)
	require.True(t, f.Refused)
	require.NotZero(t, f.Gap)
	require.InDelta(t, 1, f.Multiplier, 1e-12)

	stopped, stop := context.WithCancelCause(context.Background())
	stop(errors.New("enough"))
	_, err = HoldOut(stopped, v, Options{})
	require.ErrorIs(t, err, context.Canceled)
}

// Origins that nobody asked for: every second quarter with four used ones up to it
// and four after it, or the middle one.
func TestOriginsByDefault(t *testing.T) {
	for n, want := range map[int][]int{3: {2}, 4: {2}, 5: {2}, 7: {3}, 8: {4}, 9: {4}, 10: {4, 6}, 15: {4, 6, 8, 10}} {
		var o observed
		for i := range n {
			o.used = append(o.used, payment{calendar.NewQuarter(2021, 1+i), i, 1})
		}
		var at []int
		for _, origin := range o.everySecond() {
			at = append(at, o.upTo(origin))
		}
		require.Equal(t, want, at, n)
	}
}

// Ranges and straying by hand. Of the payments 1 to 20 the 5% quantile is the first,
// the 95% the nineteenth. A replication of 30 and 10 is scaled to the model's 60, so
// 45 and 15 against 40 and 20: off by 5 each, over a mean quarter of 30.
func TestChanceByHand(t *testing.T) {
	var paid []float64
	for i := range 20 {
		paid = append(paid, float64(20-i))
	}
	q := BacktestQuarter{Actual: 19.5}
	q.within(paid)
	require.Equal(t, []float64{1, 19}, []float64{*q.Low, *q.High})
	require.False(t, *q.Inside)

	model := []BacktestQuarter{{Modelled: 40}, {Modelled: 20}}
	require.True(t, strays([]float64{30, 10}, model, 5.0/30-1e-12))
	require.False(t, strays([]float64{30, 10}, model, 5.0/30+1e-12))
	require.True(t, strays([]float64{0, 0}, model, 100))
}
