package calibrate

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

func backtest(t *testing.T, programme, text string, origins ...string) *Backtest {
	b, err := HoldOut(t.Context(), version(t, programme, text), Options{Origins: quarters(t, origins...), Run: montecarlo.Options{Seed: 1, Replications: 200}})
	require.NoError(t, err)
	return b
}

// What had been fitted to later payments is set free at an origin before them, and the
// ranges hold what was paid about as often as they say.
func TestForecastsOfDN2(t *testing.T) {
	b := backtest(t, "dn2", "base", "Q3 2021/22", "Q2 2022/23")
	require.Len(t, b.Forecasts, 2)
	for _, f := range b.Forecasts {
		require.Len(t, f.Freed, 8) // failure rates and tariffs
		require.Contains(t, f.Freed, model.Path("cohorts.step-down.failure.hazard"))
		require.Contains(t, f.Freed, model.Path("metrics.M4 edge of care.tariff"))
		require.Empty(t, f.Seen)
		require.GreaterOrEqual(t, f.EffectiveSize, 200.0)
		sum, mean := 0.0, 0.0
		for i, q := range f.Quarters {
			require.Equal(t, i+1, q.Ahead)
			require.Equal(t, f.Origin+calendar.Quarter(i+1), q.Quarter)
			require.Equal(t, q.Low <= q.Actual && q.Actual <= q.High, q.Inside)
			require.InDelta(t, q.Mean/q.Actual-1, *q.Error, 1e-12)
			require.Less(t, q.Low, q.Mean)
			require.Greater(t, q.High, q.Mean)
			sum, mean = sum+q.Actual, mean+q.Mean
		}
		require.InDelta(t, sum, f.HeldOut.Actual, 0.01)
		require.InDelta(t, mean, f.HeldOut.Mean, 0.01)
		// Less is known of rates than of chance further ahead, and less the further.
		require.Less(t, f.Quarters[0].Rates, 0.5)
		require.Greater(t, f.Quarters[len(f.Quarters)-1].Rates, f.Quarters[0].Rates)
	}
	inside, of := 0, 0
	for i, h := range b.Horizons {
		require.Equal(t, i+1, h.Ahead)
		inside, of = inside+h.Inside, of+h.Quarters
	}
	require.Equal(t, len(b.Forecasts[0].Quarters)+len(b.Forecasts[1].Quarters), of)
	require.GreaterOrEqual(t, inside, of-3)
	require.LessOrEqual(t, inside, of)
}

// An input that had seen nothing later is left as the file has it.
func TestForecastFreesNothingThatHadNotSeen(t *testing.T) {
	v := version(t, "dn2", "base")
	same, freed, seen := free(v, calendar.NewQuarter(2024, 3).Last())
	require.Same(t, v, same)
	require.Empty(t, freed)
	require.Empty(t, seen)
	other, freed, seen := free(v, calendar.NewQuarter(2021, 2).Last()) // before the referrals of the first quarters were fitted
	require.NotSame(t, v, other)
	require.Len(t, freed, 8)
	require.Contains(t, seen, model.Path("cohorts.foster stability.referrals.from")) // a date
}

// A chance that no factor may multiply is set free by itself, and stays what it is stated
// as.
func TestForecastFreesChances(t *testing.T) {
	v := version(t, "norfolk", "base")
	free, freed, _ := free(v, calendar.NewQuarter(2022, 4).Last())
	path := model.Path("cohorts.edge of care.start probability")
	require.Contains(t, freed, path)
	i := slices.IndexFunc(free.Programme.Uncertain, func(u model.Uncertain) bool { return u.Path == path })
	law := free.Programme.Uncertain[i].Law
	require.InDelta(t, 0.82, law.Mean(), 1e-6)
	low, high := law.Range()
	require.Less(t, low, 0.5)
	require.Greater(t, high, 0.98)
}

// The 90% ranges of forecasts hold nine tenths of what is paid, at every horizon, over
// programmes whose rates are drawn from the laws of the file.
func TestForecastsKnowWhatTheySay(t *testing.T) {
	programmes, within := 60, 0.12
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		programmes, within = 2000, 0.03
	}
	ctx, v := t.Context(), version(t, "dn2", "base")
	o, err := ConditionOptions{Seed: 1, Draws: 4000, Effective: 50, ChanceAlone: true}.withDefaults()
	require.NoError(t, err)
	seen, err := observeUpTo(v.Programme, nil, o.AsOf)
	require.NoError(t, err)
	s, err := newSampler(ctx, v, seen, o)
	require.NoError(t, err)
	all, err := s.fromLaws(ctx, o.Draws+programmes)
	require.NoError(t, err)
	prior, truths := all.thinned(o.Draws), &draws{all.all[o.Draws:]}
	chance, err := s.chance(ctx, prior.thinned(1000), 4)
	require.NoError(t, err)
	lived, err := montecarlo.PaymentsAt(ctx, v, truths.values(len(s.inputs)), 1, montecarlo.Options{Seed: 7, Prices: asPaid(v)})
	require.NoError(t, err)

	const origin = 8 // quarters
	inside, random := make([]int, len(seen.used)-origin), rand.New(rand.NewPCG(1, 2))
	for k := range truths.all {
		for i, paid := range seen.modelled(lived.Lived[k][0]) {
			seen.used[i].amount = paid
		}
		known := seen.among(origin)
		process, err := newProcess(chance, known, true)
		require.NoError(t, err)
		posterior, _, err := s.of(known).posterior(ctx, prior.of(known), process, o)
		require.NoError(t, err)
		a, err := process.ahead(known, seen.used[origin:])
		require.NoError(t, err)
		var f OriginForecast
		f.report(a, posterior.resampled(1000, uint64(k)), random)
		for i, q := range f.Quarters {
			if q.Inside {
				inside[i]++
			}
		}
	}
	t.Log(inside)
	for i, n := range inside {
		require.InDelta(t, 0.9, float64(n)/float64(programmes), within, "%d ahead", i+1)
	}
}
