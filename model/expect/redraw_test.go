package expect_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// drawn is a copy of a programme in which every number that may be drawn is what
// rate makes of it.
func drawn(p *model.Programme, rate func(float64) float64) *model.Programme {
	row := func(r markov.Row) markov.Row {
		r = slices.Clone(r)
		for i := range r {
			r[i].Moves = slices.Clone(r[i].Moves)
			for j := range r[i].Moves {
				r[i].Moves[j].Probability = rate(r[i].Moves[j].Probability)
			}
		}
		return r
	}
	table := func(rows map[string]markov.Row) map[string]markov.Row {
		rows = maps.Clone(rows)
		for _, state := range slices.Sorted(maps.Keys(rows)) {
			rows[state] = row(rows[state])
		}
		return rows
	}
	q := *p
	q.Background, q.Cohorts, q.Commissioners = table(p.Background), slices.Clone(p.Cohorts), slices.Clone(p.Commissioners)
	for i := range q.Cohorts {
		c := &q.Cohorts[i]
		c.Background, c.Failure = table(c.Background), row(c.Failure)
		c.StartProbability = rate(c.StartProbability)
		c.Referrals.Children *= 2 * rate(0.5)
	}
	// A share of what the first refers is the last's.
	first, last := &q.Commissioners[0], &q.Commissioners[len(q.Commissioners)-1]
	moved := first.ReferralShare * (1 - 2*rate(0.5))
	first.ReferralShare -= moved
	last.ReferralShare += moved
	return &q
}

// anyRates draws how rates change: up to their own size, some to 0.
func anyRates(t *rapid.T) func(float64) float64 {
	factors := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 1e-6, 0.1, 0.37, 0.5, 0.9, 1, 1}), 4, 40).Draw(t, "factors")
	next := 0
	return func(p float64) float64 {
		next++
		return p * factors[next%len(factors)]
	}
}

// requireRedrawn requires that a Redraw counts as Of does, and avoids as the priced
// counts of Of do.
func requireRedrawn(t require.TestingT, r *expect.Redraw, p *model.Programme) {
	want, err := expect.Of(p)
	require.NoError(t, err)
	growing := *p // costs that differ from quarter to quarter are worked out otherwise
	growing.UnitCosts = slices.Clone(p.UnitCosts)
	for i := range growing.UnitCosts {
		growing.UnitCosts[i].Growth = decimal.New(3, -2)
	}
	for _, costs := range []*model.Programme{p, &growing} {
		requireAvoided(t, r, p, costs, want.Counts)
	}

	got, err := r.Counts(p)
	require.NoError(t, err)
	require.Equal(t, want.Counts.Shape, got.Shape)
	quarters := len(got.Shape.Quarters)
	requireRows(t, "weeks", quarters, want.Counts.Weeks, got.Weeks)
	requireRows(t, "units", quarters, want.Counts.Units, got.Units)
	requireRows(t, "referred", quarters, want.Counts.Referred, got.Referred)
	requireRows(t, "started", quarters, want.Counts.Started, got.Started)
	requireRows(t, "preparing", quarters, want.Counts.Preparing, got.Preparing)
	requireRows(t, "early", 1, want.Counts.Early, got.Early)
	each := r.PerChild()
	require.Len(t, each, len(want.PerChild))
	for i, w := range want.PerChild {
		scale := w.Variance + w.Mean*w.Mean
		require.Equal(t, w.Cohort+w.Metric, each[i].Cohort+each[i].Metric)
		require.InDelta(t, w.Mean, each[i].Mean, 1e-12*(w.Mean+math.SmallestNonzeroFloat64))
		require.InDelta(t, w.Variance, each[i].Variance, 1e-12*scale)
	}
}

// requireAvoided requires that a Redraw avoids as priced counts do, at the unit costs of
// another programme.
func requireAvoided(t require.TestingT, r *expect.Redraw, p, costs *model.Programme, counts *contract.Expected) {
	pricer, err := costs.Pricer(contract.Constant, nil)
	require.NoError(t, err)
	avoided, err := r.Avoided(p, pricer)
	require.NoError(t, err)
	scale := 0.0 // what care costs
	ledger := pricer.NewLedger()
	contract.Price(pricer, counts, ledger)
	wanted, err := pricer.Avoided(counts, nil)
	require.NoError(t, err)
	for k, pence := range wanted {
		for c := range p.Commissioners {
			for _, arm := range contract.Arms() {
				for _, cost := range ledger.CostsOf(contract.Tracking, arm, k, c) {
					scale += float64(cost)
				}
			}
		}
		require.InDelta(t, pence, avoided[k], 1e-12*scale+1e-9, "avoided by cohort %d", k)
	}
}

// requireRows requires that rows differ by rounding alone: a share of 1e-12 of their
// largest cell.
func requireRows(t require.TestingT, series string, length int, want, got []float64) {
	require.Len(t, got, len(want))
	for from := 0; from < len(want); from += length {
		scale := math.Abs(slices.Max(want[from : from+length]))
		for i, x := range want[from : from+length] {
			if !(math.Abs(x-got[from+i]) <= 1e-12*scale) || got[from+i] < 0 {
				require.Fail(t, fmt.Sprintf("%s: row %d, cell %d: %v, not %v; the largest of the row is %v", series, from/length, i, got[from+i], x, scale))
			}
		}
	}
}

func newRedraw(t require.TestingT, p *model.Programme) *expect.Redraw {
	r, err := expect.NewRedraw(p)
	require.NoError(t, err)
	return r
}

// requireRedraws draws programmes of the structure of one and back.
func requireRedraws(t *rapid.T, p *model.Programme) {
	q := drawn(p, anyRates(t))
	r := newRedraw(t, p)
	requireRedrawn(t, r, q)
	requireRedrawn(t, r, p)
	requireRedrawn(t, newRedraw(t, q), p)
}

func TestRedrawEqualsOfInTheLibrary(t *testing.T) {
	for _, info := range scenario.List() {
		d, err := scenario.Open(info.Name)
		require.NoError(t, err)
		first, err := d.Version(d.Cases()[0].Name)
		require.NoError(t, err)
		for i, c := range slices.Concat(d.Cases(), d.Variants(), d.Stresses()) {
			version := first.With
			if i < len(d.Cases()) {
				version = d.Version
			}
			v, err := version(c.Name)
			require.NoError(t, err)
			p := v.Programme
			t.Run(info.Name+"/"+c.Name, func(t *testing.T) {
				requireRedrawn(t, newRedraw(t, p), drawn(p, func(x float64) float64 { return 0.31 * x }))
			})
		}
	}
}

func TestRedrawEqualsOf(t *testing.T) {
	for name, programme := range map[string]func(*rapid.T) *model.Programme{
		"few weeks": smallProgramme, "few moves": longProgramme, "every trigger": everyTrigger,
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { requireRedraws(t, programme(t)) })
		})
	}
}

// Sixty years of weekly referrals, in which sums by parts would round too much.
func TestRedrawOfALongProgramme(t *testing.T) {
	p := base()
	p.Weeks = 52 * 60
	for i, ramp := range []int{0, 3, 60, 2000} {
		p.Cohorts[i].Referrals = model.Referrals{Children: 500, First: i, Last: []int{i, 40, 2500, 3000}[i], Ramp: ramp}
	}
	requireRedrawn(t, newRedraw(t, p), drawn(p, func(x float64) float64 { return x / 2 }))
}

// In the START trial children on the edge of care did better without the programme.
// What a Redraw says of the sign prices a replication as the exact expectation does.
func TestRedrawnSignOfWhatIsAvoided(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	start, err := v.With("edge of care counterfactual as in START")
	require.NoError(t, err)
	r := newRedraw(t, v.Programme)
	pricer, err := v.Programme.Pricer(contract.Cash, nil)
	require.NoError(t, err)
	tally := contract.NewCounts[int64](v.Programme.Shape())
	for i := range tally.Weeks {
		tally.Weeks[i] = int64(i % 97)
	}
	for i, p := range []*model.Programme{v.Programme, start.Programme, v.Programme} {
		avoided, err := r.Avoided(p, pricer)
		require.NoError(t, err)
		edge := slices.Index(p.Shape().Cohorts, "edge of care")
		require.Equal(t, i == 1, avoided[edge] < 0, "%v", avoided)
		require.NoError(t, pricer.SetAvoided(avoided))

		anew, err := p.Pricer(contract.Cash, of(t, p).Counts)
		require.NoError(t, err)
		got, want := pricer.NewLedger(), anew.NewLedger()
		contract.Price(pricer, tally, got)
		contract.Price(anew, tally, want)
		require.Equal(t, want, got)
	}
}

func TestRedrawRefusesAnotherStructure(t *testing.T) {
	p := base()
	p.Background["foster"] = markov.Row{{In: markov.Span{To: 9}, Moves: p.Background["foster"][0].Moves}, {In: markov.Span{From: 9}}}
	r := newRedraw(t, p)
	for want, change := range map[string]func(*model.Programme){
		"the programme differs in weeks":                 func(p *model.Programme) { p.Weeks++ },
		"rows, cohorts":                                  func(p *model.Programme) { p.Cohorts = p.Cohorts[:1] },
		"ages, commissioners":                            func(p *model.Programme) { p.Commissioners[0].Name = "Leeds" },
		"weeks of its minimum":                           func(p *model.Programme) { p.MinimumReferrals.Weeks = 9 },
		`cohort "children of M1" differs in its terms`:   func(p *model.Programme) { p.Cohorts[0].Lag++ },
		`cohort "children of M2" differs in its terms`:   func(p *model.Programme) { p.Cohorts[1].Referrals.Last++ },
		`cohort "children of M4" differs in its terms`:   func(p *model.Programme) { p.Cohorts[3].Referrals.Pauses = []model.Pause{{To: 1}} },
		"there are 3 metrics, where the first":           func(p *model.Programme) { p.Contract.Metrics = p.Contract.Metrics[1:] },
		`metric "M1" differs in what it pays for`:        func(p *model.Programme) { p.Contract.Metrics[0].States = []string{"foster"} },
		`metric "M2" differs in what it pays for`:        func(p *model.Programme) { p.Contract.Metrics[1].Trigger = &contract.FullWeeks{Window: 104} },
		`the moves out of "foster" are not between`:      func(p *model.Programme) { p.Background["foster"] = to("residential", .1) },
		`the moves out of "a planned placement" are not`: func(p *model.Programme) { p.Cohorts[1].Failure = to("reunified", .1) },
		`"children of M1": a start probability of NaN`:   func(p *model.Programme) { p.Cohorts[0].StartProbability = math.NaN() },
		`"children of M3": -1 children`:                  func(p *model.Programme) { p.Cohorts[2].Referrals.Children = -1 },
		`"children of M1": state "residential"`:          func(p *model.Programme) { p.Background["residential"][0].Moves[0].Probability = -.1 },
		"sum to 1.001":                                   func(p *model.Programme) { p.Background["residential"][0].Moves[0].Probability = .999 },
		"the shares of referrals add up to 1.1":          func(p *model.Programme) { p.Commissioners[0].ReferralShare = .5 },
		`"Nottingham": a share of referrals of -0.1`:     func(p *model.Programme) { p.Commissioners[1].ReferralShare = -.1 },
	} {
		other := drawn(p, func(x float64) float64 { return x })
		other.Contract.Metrics = slices.Clone(p.Contract.Metrics)
		change(other)
		_, err := r.Counts(other)
		require.ErrorContains(t, err, want)
		require.Nil(t, r.PerChild())
		_, err = r.Avoided(other, nil)
		require.ErrorContains(t, err, want)
		requireRedrawn(t, r, p)
	}
	_, err := r.Counts(nil)
	require.ErrorContains(t, err, "programme: there is none")
	_, err = r.Avoided(p, nil)
	require.ErrorContains(t, err, "do not have the shape of the pricer")
	_, err = expect.NewRedraw(nil)
	require.ErrorContains(t, err, "programme: there is none")
	p.Contract.Metrics[0].Trigger = &milestone{}
	_, err = expect.NewRedraw(p)
	_, unknown := errors.AsType[*expect.TriggerError](err)
	require.True(t, unknown)
}

// A programme that was read anew has triggers of its own that say the same.
func TestRedrawOfAProgrammeReadAnew(t *testing.T) {
	requireRedrawn(t, newRedraw(t, base()), base())
}

func TestRedrawsSideBySide(t *testing.T) {
	p := base()
	first := newRedraw(t, p)
	var all sync.WaitGroup
	for i := range 4 {
		q := drawn(p, func(x float64) float64 { return x / float64(i+1) })
		r := first.Clone()
		all.Go(func() {
			for range 5 {
				requireRedrawn(t, r, q)
			}
		})
	}
	all.Wait()
	requireRedrawn(t, first, p)
}

func TestRedrawAllocatesNothing(t *testing.T) {
	pausing, clock, dated := base(), base(), base()
	dated.Contract.Metrics[1].Trigger = &contract.OnDate{Date: calendar.NewDate(2023, 3, 31)}
	for i := range pausing.Contract.Metrics {
		pausing.Contract.Metrics[i].Trigger = []contract.Trigger{
			&contract.FullWeeks{Window: 104, CapPerChild: 80, Interruption: contract.Pauses}, &contract.Averted{Months: 3},
			&contract.Months{Window: 24, CapPerChild: 18, Interruption: contract.Pauses}, &contract.Milestones{Weeks: []int{1, 9}},
		}[i]
		pausing.Contract.Metrics[i].States = []string{"foster", "foster, planned", "home, planned", "edge of care, supported"}
	}
	moves := clock.Background["foster"][0].Moves
	clock.Background["foster"] = markov.Row{{In: markov.Span{To: 26}, Moves: moves}, {In: markov.Span{From: 26}, Moves: moves}}
	both := base()
	both.Background, both.Contract.Metrics = clock.Background, pausing.Contract.Metrics
	for name, p := range map[string]*model.Programme{"DN2": base(), "pauses": pausing, "time in state": clock, "on a date": dated, "pauses and time in state": both} {
		r, q := newRedraw(t, p), drawn(p, func(x float64) float64 { return .9 * x })
		pricer, err := p.Pricer(contract.Constant, nil)
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(5, func() {
			_, err := r.Counts(q)
			require.NoError(t, err)
			if len(r.PerChild()) == 0 {
				t.Fatal("nothing is earned")
			}
			avoided, err := r.Avoided(q, pricer)
			require.NoError(t, err)
			require.NoError(t, pricer.SetAvoided(avoided))
		}), name)
	}
}

// everyTrigger draws a programme of up to six years with metrics under every trigger,
// whose moves depend on the time in a state or do not.
func everyTrigger(t *rapid.T) *model.Programme {
	draw := func(what string, from, to int) int { return rapid.IntRange(from, to).Draw(t, what) }
	p := base()
	p.Weeks = draw("weeks", 1, 320)
	p.Background["foster"][0].Moves = append(p.Background["foster"][0].Moves, markov.Move{To: model.LeftCare, Probability: .001})
	if moves := p.Background["reunified"][0].Moves; draw("clock", 0, 1) == 1 {
		p.Background["reunified"] = markov.Row{{In: markov.Span{To: 8}, Moves: moves}, {In: markov.Span{From: 8}, Moves: moves[:1]}}
	}
	if draw("ages", 0, 3) == 0 {
		p.Ages = model.Ages{}
	}
	p.MinimumReferrals.Weeks = draw("minimum", 0, min(30, p.Weeks))
	held := draw("held", 0, 1) == 1
	if !held && draw("capacity", 0, 1) == 1 {
		p.Capacity = model.Capacity{StartsPerQuarter: 1, Lapse: 4}
	}
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		first := draw("first", 0, p.Weeks-1)
		c.Referrals = model.Referrals{
			Children: c.Referrals.Children, First: first, Last: draw("last", first, p.Weeks-1),
			Ramp: draw("ramp", 0, 60), Law: model.ReferralLaw(draw("law", 0, 1)),
		}
		if draw("paused", 0, 2) == 0 {
			from := draw("pause", 0, p.Weeks)
			c.Referrals.Pauses = []model.Pause{{From: from, To: from + draw("long", 1, 40)}}
		}
		c.HoldUntilStart = held && i%2 == 0
		c.Tracking = draw("tracking", 0, 120)
	}
	anywhere := []string{"foster", "reunified", "edge of care"}
	p.Contract.Metrics = nil
	for i, trigger := range []contract.Trigger{
		&contract.FullWeeks{Window: 104, CapPerChild: 104},
		&contract.FullWeeks{First: 2, Window: 30, CapPerChild: 20, Interruption: contract.Pauses},
		&contract.Days{First: 2, Window: 30, CapPerChild: 100, Interruption: contract.Pauses},
		&contract.Days{Window: 52, CapPerChild: 100},
		&contract.Months{First: 1, Window: 8, CapPerChild: 3, Interruption: contract.Pauses},
		&contract.Months{Window: 8, CapPerChild: 6},
		&contract.Milestones{Weeks: []int{1, 13}, Months: []int{2, 6}},
		&contract.Engagement{After: 4},
		&contract.Averted{Months: 3},
		&contract.OnDate{Date: calendar.NewDate(2022, 9, 30)},
		&contract.OnDate{Date: calendar.NewDate(2024, 6, 30)},
	} {
		if on := trigger.Definition().On; !on.IsZero() && !on.Before(p.Calendar().Last(p.Weeks)) {
			continue // measured after the programme
		}
		m := contract.Metric{Name: fmt.Sprint("metric ", i), Trigger: trigger, Cohorts: []string{p.Cohorts[i%4].Name, p.Cohorts[(i+1)%4].Name}, Tariff: contract.Tariff{Amount: cost("foster", 10).PerWeek}}
		if i%3 != 0 {
			m.States = anywhere
		}
		if i%4 == 1 {
			m.Commissioners = []string{"Derby"}
		}
		if i%5 == 1 && !p.Ages.None() {
			m.Ages = contract.AgeRange{From: 12, To: 16}
		}
		p.Contract.Metrics = append(p.Contract.Metrics, m)
	}
	return p
}

// BenchmarkRedraw times DN2's counts and what it avoids.
func BenchmarkRedraw(b *testing.B) {
	p := base()
	q := drawn(p, func(x float64) float64 { return 0.9 * x })
	r := newRedraw(b, p)
	pricer, err := p.Pricer(contract.Constant, nil)
	require.NoError(b, err)
	b.Run("counts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.Counts(q); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("counts and the variance of what a child earns", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.Counts(q); err != nil {
				b.Fatal(err)
			}
			if len(r.PerChild()) == 0 {
				b.Fatal()
			}
		}
	})
	b.Run("avoided", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.Avoided(q, pricer); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkRedrawInTheLibrary times the counts of programmes whose metrics pay otherwise
// than DN2's.
func BenchmarkRedrawInTheLibrary(b *testing.B) {
	for _, name := range []string{"dn2", "norfolk", "suffolk", "staffordshire-ifss", "essex-mst", "manchester"} {
		b.Run(name, func(b *testing.B) {
			p := inLibrary(b, name)
			q, r := drawn(p, func(x float64) float64 { return 0.9 * x }), newRedraw(b, p)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Counts(q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// inLibrary is the first case of a programme of the library.
func inLibrary(t require.TestingT, name string) *model.Programme {
	d, err := scenario.Open(name)
	require.NoError(t, err)
	v, err := d.Version(d.Cases()[0].Name)
	require.NoError(t, err)
	return v.Programme
}
