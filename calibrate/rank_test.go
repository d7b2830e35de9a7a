package calibrate

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// synthetic lives a programme once under each draw: synthetic programmes of which the truth
// is known.
func synthetic(t *testing.T, v *scenario.Version, truths []draw, seed uint64) *montecarlo.Result {
	t.Helper()
	lived, err := montecarlo.RunAt(t.Context(), v, montecarlo.StatedInputs{Values: (&draws{truths}).values(len(v.Programme.Uncertain))},
		montecarlo.Options{Seed: seed, Prices: asPaid(v), Unwarned: true, AllValues: true})
	require.NoError(t, err)
	return lived
}

// studied is one day on which synthetic programmes are forecast.
type studied struct {
	asOf    calendar.Date
	seen    *observed
	sampler *sampler
	prior   *draws
	process *process
	options ConditionOptions
}

func newStudied(t *testing.T, v *scenario.Version, asOf calendar.Date, draws int) *studied {
	t.Helper()
	o, err := ConditionOptions{Seed: 1, AsOf: asOf, Draws: draws, Effective: 50}.withDefaults()
	require.NoError(t, err)
	s := &studied{asOf: asOf, options: o}
	s.seen, err = observeUpTo(v.Programme, nil, asOf)
	require.NoError(t, err)
	s.sampler, err = newSampler(t.Context(), v, s.seen, o)
	require.NoError(t, err)
	s.prior, err = s.sampler.fromLaws(t.Context(), draws)
	require.NoError(t, err)
	s.process, err = s.sampler.process(t.Context(), s.prior.thinned(draws/4), 4)
	require.NoError(t, err)
	return s
}

// forecast is the forecast of a synthetic programme from what was paid by the day.
func (s *studied) forecast(t *testing.T, v *scenario.Version, paid []float64, lines map[calendar.Quarter][]claims.Line, kept int, seed uint64) (*carrying, *montecarlo.Result) {
	t.Helper()
	for i, amount := range s.seen.modelled(paid) {
		s.seen.used[i].amount = amount
	}
	rough, _, err := s.sampler.posterior(t.Context(), s.prior, s.process, s.options)
	require.NoError(t, err)
	near, err := s.sampler.process(t.Context(), rough.resampled(kept, seed), 4)
	require.NoError(t, err)
	weighted, _, err := s.sampler.posterior(t.Context(), s.prior, near, s.options)
	require.NoError(t, err)
	posterior := &Posterior{Draws: weighted.resampled(kept, seed).values(len(s.sampler.inputs)), Unexplained: near.unexplained(weighted, s.seen)}
	known := &actuals{lines: lines}
	for i, q := range s.seen.used {
		known.paid = append(known.paid, model.QuarterAmount{Quarter: q.quarter, Amount: decimal.NewFromFloat(s.seen.used[i].amount).Round(2)})
	}
	c, err := carryOn(t.Context(), v, known, s.seen, posterior, s.asOf, ReforecastOptions{Seed: seed})
	require.NoError(t, err)
	r, err := c.run(t.Context(), known, nil)
	require.NoError(t, err)
	return c, r
}

// Simulation-based calibration (Talts and others, "Validating Bayesian inference algorithms
// with simulation-based calibration", arXiv:1804.06788 (2018)): of programmes whose truth is
// drawn from the file's ranges, the rank of what happens later among what is forecast is
// uniform, and 90% ranges hold nine of ten. The first two sets of 500 are taken as they
// came. Of the first alone, payments of the next year have p = 0.00005, from 49 ranks in one
// bin of 25, and of both together 0.003. Of three sets beside the first no measure has less
// than 0.02, and over all 2,000 programmes ranges hold 89.3 to 90.3%.
func TestRankOfTheTruth(t *testing.T) {
	sets, programmes, draws, kept := 2, 500, 3000, 250
	if os.Getenv("EDGEOFCARE_LONG") == "" {
		sets, programmes, draws, kept = 1, 18, 400, 40
	}
	v := version(t, "dn2", "base")
	var days []*studied
	for _, day := range []calendar.Date{calendar.NewDate(2021, 6, 30), calendar.NewDate(2022, 6, 30), calendar.NewDate(2023, 12, 31)} {
		days = append(days, newStudied(t, v, day, draws))
	}
	all, err := days[0].sampler.fromLaws(t.Context(), draws+sets*programmes)
	require.NoError(t, err)
	ranks := map[string][]float64{}
	for set := range sets {
		rankSet(t, v, days, all.all[draws+set*programmes:][:programmes], kept, uint64(set), ranks)
	}
	for name, of := range ranks {
		p, bins, inside := uniform(of)
		t.Logf("%s: p = %.3f, inside 90%%: %.1f%%, bins %v", name, p, 100*inside, bins)
		require.Greater(t, p, 0.001, name)
		require.InDelta(t, 0.9, inside, 0.9/math.Sqrt(float64(len(of))), name) // three standard errors
	}
}

// rankSet adds the ranks of a set of truths, with random numbers of its own.
func rankSet(t *testing.T, v *scenario.Version, days []*studied, truths []draw, kept int, set uint64, ranks map[string][]float64) {
	t.Helper()
	lived := synthetic(t, v, truths, 7+set)
	payments, avoided := lived.Paths(montecarlo.Payments), lived.Values(montecarlo.Avoided)
	random := rand.New(rand.NewPCG(1+2*set, 2+2*set))
	for k := range truths {
		day := days[k%len(days)]
		paid := strayed(payments[k], truths[k].earned, day, random)
		c, r := day.forecast(t, v, paid, nil, kept, 1000+4000*set+uint64(k))
		paths := r.Paths(montecarlo.Payments)
		for name, counts := range map[string]func(q int) bool{
			"all that is ahead": func(q int) bool { return q > c.last },
			"the next quarter":  func(q int) bool { return q == c.last+1 },
			"the next year":     func(q int) bool { return q > c.last && q <= c.last+4 },
		} {
			ranks[name] = append(ranks[name], rankOf(sums([][]float64{paid}, counts)[0], sums(paths, counts)))
		}
		ranks["care avoided"] = append(ranks["care avoided"], rankOf(avoided[k], r.Values(montecarlo.Avoided)))
	}
}

// Where claims are known by council, what a council pays in the next year is forecast
// better, and its ranges hold what happens as often as they say.
func TestCouncilsGoOnFromWhatTheyClaimed(t *testing.T) {
	programmes, draws, kept := 16, 500, 60
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		programmes, draws, kept = 300, 3000, 250
	}
	v := version(t, "dn2", "base")
	day := newStudied(t, v, calendar.NewDate(2022, 6, 30), draws)
	all, err := day.sampler.fromLaws(t.Context(), draws+programmes)
	require.NoError(t, err)
	truths := all.all[draws:]
	happens := synthetic(t, v, truths, 7)
	_, councils := namesOf(v.Programme)
	pathsOf := func(r *montecarlo.Result, council string) [][]float64 {
		return plus(r.Paths(montecarlo.Payments, council), r.Paths(montecarlo.OtherPayments, council))
	}
	var squares [2]float64
	inside, forecasts := 0.0, 0.0
	for k := range truths {
		paid := happens.Paths(montecarlo.Payments)[k]
		lines := map[calendar.Quarter][]claims.Line{}
		for _, council := range councils {
			path := pathsOf(happens, council)[k]
			for i, amount := range day.seen.modelled(path) {
				q := day.seen.used[i].quarter
				lines[q] = append(lines[q], claims.Line{Council: council, Amount: decimal.NewFromFloat(amount)})
			}
		}
		for way, lines := range []map[calendar.Quarter][]claims.Line{nil, lines} {
			c, r := day.forecast(t, v, paid, lines, kept, uint64(k))
			year := func(q int) bool { return q > c.last && q <= c.last+4 }
			for _, council := range councils {
				truth := sums(pathsOf(happens, council)[k:k+1], year)[0]
				f := forecastOf(sums(pathsOf(r, council), year))
				squares[way] += (f.Mean - truth) * (f.Mean - truth)
				if way == 1 {
					forecasts++
					if f.Low <= truth && truth <= f.High {
						inside++
					}
				}
			}
		}
	}
	t.Logf("squared error %.2f of what it is without, inside 90%%: %.1f%%", squares[1]/squares[0], 100*inside/forecasts)
	require.Less(t, squares[1], 0.9*squares[0])
	require.InDelta(t, 0.9, inside/forecasts, 0.9/math.Sqrt(float64(programmes))) // three standard errors, if councils went together
}

// strayed gives each quarter of a synthetic programme an error of its own, of a size that
// is as likely as Condition takes it to be.
func strayed(paid, expected []float64, day *studied, random *rand.Rand) []float64 {
	ratio := ratios[random.IntN(len(ratios))]
	all := make([]float64, len(paid))
	before := len(paid) - len(expected) // quarters whose earnings are in the first
	for q, amount := range paid {
		all[q] = amount
		if q >= before {
			all[q] = max(0, amount+math.Sqrt(ratio*day.process.size*max(0, expected[q-before]))*random.NormFloat64())
		}
	}
	return all
}

// rankOf is the share of values below what happened.
func rankOf(truth float64, values []float64) float64 {
	below := 0.0
	for _, x := range values {
		if x < truth {
			below++
		}
	}
	return below / float64(len(values))
}

// uniform is the chance that uniform ranks would be as uneven, over bins that each expect
// 25 or, of few, a quarter of them; and the share of ranks from 5% to 95%.
func uniform(ranks []float64) (p float64, bins []int, inside float64) {
	bins = make([]int, max(4, len(ranks)/25))
	for _, r := range ranks {
		bins[min(len(bins)-1, int(r*float64(len(bins))))]++
		if r >= 0.05 && r <= 0.95 {
			inside += 1 / float64(len(ranks))
		}
	}
	expected, squares := float64(len(ranks))/float64(len(bins)), 0.0
	for _, n := range bins {
		squares += math.Pow(float64(n)-expected, 2) / expected
	}
	return 1 - distuv.ChiSquared{K: float64(len(bins) - 1)}.CDF(squares), bins, inside
}
