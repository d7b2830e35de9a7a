package markov_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// A group that carries a count: how many cycles have been spent in b, up to 2.
// Half of those in a move to b in each cycle, and half of those in b back.
func ExampleGroup_Each() {
	chain, err := markov.NewChain([]string{"a", "b"}, []markov.Row{to("b", 0.5), to("a", 0.5)})
	if err != nil {
		fmt.Println(err)
		return
	}
	var group markov.Group
	group.Begin(chain, 0, 3)
	group.Enter(0, 0, 1)
	for range 4 {
		group.Each(func(state, _ int, shares []float64) {
			if state == 1 {
				shares[2] += shares[1]
				shares[1], shares[0] = shares[0], 0
			}
		})
		group.Step()
	}
	byCount := make([]float64, 3)
	group.Each(func(_, _ int, shares []float64) {
		for n, x := range shares {
			byCount[n] += x
		}
	})
	fmt.Println(byCount)
	// Output: [0.125 0.375 0.5]
}

// Moves leave the count alone: whatever is counted, and whenever it rises, the
// shares by state are those of a group without counts.
func TestCountsChangeNoShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		chain, counts := chainOf(t, m), rapid.IntRange(2, 4).Draw(t, "counts")
		raised := rapid.IntRange(0, len(m.States)-1).Draw(t, "state in which the count rises")
		one, many := begun(m, chain, 1), begun(m, chain, counts)
		for range m.Cycles {
			many.Each(func(state, _ int, shares []float64) {
				if state == raised {
					shares[counts-1] += shares[counts-2]
					copy(shares[1:counts-1], shares)
					shares[0] = 0
				}
			})
			one.Step()
			many.Step()
			require.InDeltaSlice(t, shares(one, len(m.States)), shares(many, len(m.States)), 1e-12)
		}
	})
}

// Each gives the time in the state, so that a group can be taken apart and put
// together again: two parts that are stepped apart add up to the whole.
func TestPartsAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		chain := chainOf(t, m)
		whole, rest, part := begun(m, chain, 1), begun(m, chain, 1), new(markov.Group)
		before := rapid.IntRange(0, m.Cycles).Draw(t, "cycles before the division")
		for range before {
			whole.Step()
			rest.Step()
		}
		state := rapid.IntRange(0, len(m.States)-1).Draw(t, "state of the part")
		part.Begin(chain, before, 1)
		rest.Each(func(s, cyclesAgo int, shares []float64) {
			if s == state {
				part.Enter(s, cyclesAgo, shares[0])
				shares[0] = 0
			}
		})
		require.Zero(t, rest.Share(state))
		for range 30 {
			for s := range m.States {
				require.InDelta(t, whole.Share(s), rest.Share(s)+part.Share(s), 1e-12)
			}
			whole.Step()
			rest.Step()
			part.Step()
		}
	})
}

// A law that no longer depends on the time in the state needs no generations.
func TestGenerationsAreJoinedWhenNothingTellsThemApart(t *testing.T) {
	for _, c := range []struct {
		name string
		back markov.Row // out of b
		want []int      // cycles since entry of the generations in b
	}{
		{"never told apart", to("a", 0.5), []int{0}},
		{"told apart for 3 cycles", markov.Row{
			{In: markov.Span{To: 3}, Moves: to("a", 0.5)[0].Moves},
			{In: markov.Span{From: 3}, Moves: to("a", 0.25)[0].Moves},
		}, []int{3, 2, 1, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			chain, err := markov.NewChain([]string{"a", "b"}, []markov.Row{to("b", 0.5), c.back})
			require.NoError(t, err)
			group := new(markov.Group)
			group.Begin(chain, 0, 1)
			group.Enter(0, 0, 1)
			for range 20 {
				group.Step()
			}
			var got []int
			group.Each(func(state, cyclesAgo int, _ []float64) {
				if state == 1 {
					got = append(got, cyclesAgo)
				}
			})
			require.Equal(t, c.want, got)
		})
	}
}

// Those who enter with the same time in the state are one generation, in
// whatever order they are added.
func TestEnterInAnyOrder(t *testing.T) {
	late := markov.Row{{In: markov.Span{To: 3}}, {In: markov.Span{From: 3}, Moves: to("b", 1)[0].Moves}}
	chain, err := markov.NewChain([]string{"a", "b"}, []markov.Row{late, nil})
	require.NoError(t, err)
	group := new(markov.Group)
	group.Begin(chain, 7, 2)
	for _, cyclesAgo := range []int{1, 0, 1_000_000_000_000, 2, 1, 3} {
		group.Enter(0, cyclesAgo, 1)
	}
	type generation struct {
		cyclesAgo int
		share     float64
	}
	var got []generation
	group.Each(func(_, cyclesAgo int, shares []float64) {
		got = append(got, generation{cyclesAgo, shares[0]})
	})
	require.Equal(t, []generation{{3, 2}, {2, 1}, {1, 2}, {0, 1}}, got)
	for _, inB := range []float64{2, 3, 5, 6} {
		group.Step()
		require.Equal(t, inB, group.Share(1))
	}
}

// A group may begin in the middle of a path, where other pieces are in force.
func TestBeginInTheMiddle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		chain := chainOf(t, m)
		whole, later := begun(m, chain, 1), new(markov.Group)
		began := rapid.IntRange(1, m.Cycles).Draw(t, "cycle")
		for range began {
			whole.Step()
		}
		later.Begin(chain, began, 1)
		whole.Each(func(state, cyclesAgo int, shares []float64) { later.Enter(state, cyclesAgo, shares[0]) })
		for range m.Cycles {
			require.Equal(t, shares(whole, len(m.States)), shares(later, len(m.States)))
			whole.Step()
			later.Step()
		}
	})
}

// stepping is six years of weekly steps over eight states, on rows of either
// kind and with or without counts.
func stepping(t require.TestingT, counts int, row markov.Row) func() {
	m := markov.Model{Rows: map[string]markov.Row{}}
	for i := range 8 {
		m.States = append(m.States, fmt.Sprint("state ", i))
	}
	for i, s := range m.States {
		for _, p := range row {
			p.Moves = []markov.Move{
				{To: m.States[(i+1)%8], Probability: 0.01}, {To: m.States[(i+3)%8], Probability: 0.02},
			}
			m.Rows[s] = append(m.Rows[s], p)
		}
	}
	chain, group := chainOf(t, m), new(markov.Group)
	return func() {
		group.Begin(chain, 0, counts)
		group.Enter(0, 0, 1)
		for range 312 {
			group.Step()
		}
	}
}

var steppedRows = []struct {
	name   string
	counts int
	row    markov.Row
}{
	{"forgetful", 1, markov.Row{{}}},
	{"two years told apart", 1, markov.Row{{In: markov.Span{To: 104}}, {In: markov.Span{From: 104}}}},
	{"forgetful, count to 80", 81, markov.Row{{}}},
}

func TestSteppingAgainAllocatesNothing(t *testing.T) {
	for _, c := range steppedRows {
		t.Run(c.name, func(t *testing.T) {
			run := stepping(t, c.counts, c.row)
			require.Zero(t, testing.AllocsPerRun(3, run))
		})
	}
	rows := referredHelpedClosed(0.1, 0.2)
	chain, err := markov.NewChain([]string{"referred", "helped", "closed"}, rows)
	require.NoError(t, err)
	require.Zero(t, testing.AllocsPerRun(10, func() { err = chain.Refill(rows) }))
	require.NoError(t, err)
}

func BenchmarkStep(b *testing.B) {
	for _, c := range steppedRows {
		b.Run(c.name, func(b *testing.B) {
			run := stepping(b, c.counts, c.row)
			for b.Loop() {
				run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*312), "ns/step")
		})
	}
}
