package markov_test

import (
	"context"
	"math"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// walked is a life followed cycle by cycle, straight from the rows: what Lives finds by
// one division for each stay.
func walked(m markov.Model, seed uint64, person int) []at {
	key := keyed.Member(keyed.Replication(seed, 0), person)
	names := slices.Sorted(slices.Values(m.States))
	pick := func(shares map[string]float64, word uint64) string {
		total, sum := 0.0, 0.0
		for _, s := range names {
			total += shares[s]
		}
		last := ""
		for _, s := range names {
			if shares[s] == 0 {
				continue
			}
			sum, last = sum+shares[s], s
			if keyed.Destination(word) < keyed.Share(sum/total) {
				return s
			}
		}
		return last
	}
	visits := map[string]uint64{}
	var word, left uint64
	enter := func(state string) {
		word = keyed.Word(key, keyed.Purpose("state", state)+visits[state]*keyed.Golden)
		left = keyed.Threshold(word)
		visits[state]++
	}
	now := at{state: pick(m.Start, keyed.Word(key, keyed.Purpose("person", "start")))}
	now.in = m.AlreadyThere[now.state]
	enter(now.state)
	path := []at{now}
	for k := range m.Cycles {
		shares := map[string]float64{}
		for _, move := range m.Rows[now.state].At(k, now.in) {
			shares[move.To] = move.Probability
		}
		leave := 0.0 // in order of name, as a rounding error tells
		for _, s := range names {
			leave += shares[s]
		}
		h := keyed.Hazard(leave)
		now.in++
		if h == 0 || h < left {
			left -= h
		} else {
			from := now.state
			now.state = pick(shares, word)
			if !slices.ContainsFunc(m.SharedClock, func(list []string) bool { return slices.Contains(list, from) && slices.Contains(list, now.state) }) {
				now.in = 0
			}
			enter(now.state)
		}
		path = append(path, now)
	}
	return path
}

// boundaries is a life boundary by boundary.
func boundaries(life []markov.Stay) []at {
	var path []at
	for i, s := range life {
		for b := s.From; b < s.To || i == len(life)-1 && b == s.To; b++ {
			path = append(path, at{s.State, s.In + b - s.From})
		}
	}
	return path
}

func TestLifeIsThatOfAWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, values, c := drawShort(t)
		m.Cycles = rapid.IntRange(1, 40).Draw(t, "cycles")
		seed := rapid.Uint64().Draw(t, "seed")
		lives, err := m.Lives(seed)
		require.NoError(t, err)
		totals, err := lives.Totals(context.Background(), 20, c, values...)
		require.NoError(t, err)
		for person := range 20 {
			path := walked(m, seed, person)
			require.Equal(t, path, boundaries(lives.Life(person)))
			require.InDelta(t, collected(m, path, c, values), totals[person], 1e-6)
		}
	})
}

// A life depends on seed and person alone: not on how states are listed, how many lives
// are drawn or how long they are followed, nor on moves that it does not meet.
func TestLifeDependsOnSeedAndPersonAlone(t *testing.T) {
	m := sickSicker()
	other := m
	other.States = []string{"dead", "sicker", "sick", "healthy", "elsewhere"}
	other.Cycles = m.Cycles + 10
	a, err := m.Lives(7)
	require.NoError(t, err)
	b, err := other.Lives(7)
	require.NoError(t, err)
	for person := range 200 {
		require.Equal(t, boundaries(a.Life(person)), boundaries(b.Life(person))[:m.Cycles+1])
	}
	few, err := a.Totals(context.Background(), 10, markov.Convention{}, sickSickerCost(0))
	require.NoError(t, err)
	many, err := a.Totals(context.Background(), 50, markov.Convention{}, sickSickerCost(0))
	require.NoError(t, err)
	require.Equal(t, few, many[:10])
	others, err := m.Lives(8)
	require.NoError(t, err)
	different := 0
	for person := range 200 {
		if !slices.Equal(a.Life(person), others.Life(person)) {
			different++
		}
	}
	require.Greater(t, different, 100)
}

// The mean and the variance of simulated lives are the exact ones, to within 4.5
// standard errors: the standard error of a variance takes the fourth moment.
func TestSimulatedLivesHaveTheExactMoments(t *testing.T) {
	people, models := 20_000, 3
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		people, models = 400_000, 40
	}
	for seed := range models {
		m := rapid.Custom(drawModel).Example(seed)
		m.Cycles = 40
		if len(m.States) > 1 {
			m.SharedClock = [][]string{m.States[:2]}
		}
		v := rapid.Custom(func(t *rapid.T) markov.Value { return drawValue(t, m.States) }).Example(seed)
		v.In = markov.Span{From: 1, To: 9}
		requireMoments(t, m, people, markov.Convention{Counting: markov.HalfCycle, Discount: markov.AnnualEffective(0.035)}, v)
	}
}

// requireMoments compares simulated lives with what is exact.
func requireMoments(t *testing.T, m markov.Model, people int, c markov.Convention, values ...markov.Value) {
	exact, err := m.PerPerson(c, values...)
	require.NoError(t, err)
	lives, err := m.Lives(1)
	require.NoError(t, err)
	totals, err := lives.Totals(context.Background(), people, c, values...)
	require.NoError(t, err)
	var mean, square, fourth float64
	n := float64(people)
	for _, x := range totals {
		d := x - exact.Mean
		mean += d / n
		square += d * d / n
		fourth += d * d * d * d / n
	}
	require.InDelta(t, 0, mean, 1e-9+4.5*math.Sqrt(exact.Variance/n), "mean")
	require.InDelta(t, exact.Variance, square, 1e-9+4.5*math.Sqrt((fourth-square*square)/n), "variance")
}

// The same people under slightly different probabilities differ by much less than other
// people do.
func TestTheSamePeopleInTwoModels(t *testing.T) {
	better := sickSicker()
	for i := range better.Rows["sick"] {
		better.Rows["sick"][i].Moves[2].Probability = 0.09 // to sicker, for 0.105
	}
	costs := func(m markov.Model, seed uint64) []float64 {
		lives, err := m.Lives(seed)
		require.NoError(t, err)
		totals, err := lives.Totals(context.Background(), 4000, markov.Convention{}, sickSickerCost(0))
		require.NoError(t, err)
		return totals
	}
	spread := func(a, b []float64) float64 {
		mean, square := 0.0, 0.0
		for i := range a {
			mean += (a[i] - b[i]) / float64(len(a))
			square += (a[i] - b[i]) * (a[i] - b[i]) / float64(len(a))
		}
		return square - mean*mean
	}
	base := costs(sickSicker(), 1)
	require.Less(t, 4*spread(base, costs(better, 1)), spread(base, costs(better, 2)))
}

// Lives are those of the model as it was, whatever becomes of it, and any number of
// goroutines may ask for them.
func TestLivesSideBySide(t *testing.T) {
	m := sickSicker()
	lives, err := m.Lives(5)
	require.NoError(t, err)
	want, err := lives.Totals(context.Background(), 300, markov.Convention{}, sickSickerTreated()...)
	require.NoError(t, err)
	m.Rows["healthy"][0].Moves[0].Probability = 1
	m.Start["healthy"], m.States[0] = 0, "ill"
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			got, err := lives.Totals(context.Background(), 300, markov.Convention{}, sickSickerTreated()...)
			require.NoError(t, err)
			require.Equal(t, want, got)
			require.NotEmpty(t, lives.Life(7))
		})
	}
	all.Wait()
}

func TestLivesFaults(t *testing.T) {
	_, err := markov.Model{}.Lives(1)
	require.ErrorContains(t, err, "the model has no states")
	lives, err := hiv(1).Lives(1)
	require.NoError(t, err)
	_, err = lives.Totals(context.Background(), 0, markov.Convention{}, lifeYears)
	require.ErrorContains(t, err, "the number of people is 0: must be 1 or more")
	ended, end := context.WithCancel(context.Background())
	end()
	_, err = lives.Totals(ended, 10, markov.Convention{}, lifeYears)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, "after 0 of 10 lives")
}

// Hazards that end any stay at once, over as many cycles as there can be.
func TestLongLives(t *testing.T) {
	m := markov.Model{States: []string{"a", "b", "c"}, Rows: map[string]markov.Row{"a": to("b", 1), "b": to("c", 1e-7)}, Start: map[string]float64{"a": 1}, AlreadyThere: map[string]int{"a": 1_000_000}, Cycles: 1_000_000}
	lives, err := m.Lives(3)
	require.NoError(t, err)
	for person := range 20 {
		life := lives.Life(person)
		require.Equal(t, markov.Stay{State: "a", To: 1, In: 1_000_000}, life[0])
		require.Equal(t, 1_000_000, life[len(life)-1].To)
	}
}
