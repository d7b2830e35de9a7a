package lives

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// drawn is a copy of a programme in which every rate has been changed.
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
		for state := range rows {
			rows[state] = row(rows[state])
		}
		return rows
	}
	q := *p
	q.Background, q.Cohorts = table(p.Background), slices.Clone(p.Cohorts)
	for i := range q.Cohorts {
		c := &q.Cohorts[i]
		c.Background, c.Failure = table(c.Background), row(c.Failure)
		c.StartProbability = rate(c.StartProbability)
		c.Referrals.Children = 10 * rate(c.Referrals.Children/10)
	}
	return &q
}

// Tables that were drawn again are those of the programme that they were drawn
// for: every engine counts the same in every replication.
func TestRedrawnTablesEqualNewTables(t *testing.T) {
	requireRedrawn := func(t require.TestingT, from, to *model.Programme) {
		redrawn := tablesOf(t, from)
		require.NoError(t, redrawn.Redraw(to))
		for _, engine := range []Engine{Jump, Walk, Plain} {
			a, b := redrawn.Simulator(engine), tablesOf(t, to).Simulator(engine)
			b.tally.Rules = a.tally.Rules
			for i := range 4 {
				a.Replicate(3, i)
				b.Replicate(3, i)
				require.Equal(t, b.tally, a.tally, "%s, replication %d", engine, i)
			}
		}
	}
	halved := func(p float64) float64 { return p / 2 }
	for _, p := range []*model.Programme{programmes.DN2(t, "base"), programmes.Lively()} {
		requireRedrawn(t, p, drawn(p, halved))
		requireRedrawn(t, drawn(p, halved), p)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := anyProgramme(t)
		factor := rapid.SampledFrom([]float64{0, 0.3, 1}).Draw(t, "factor")
		q := drawn(p, func(p float64) float64 { return factor * p })
		requireRedrawn(t, p, q)
		requireRedrawn(t, q, p)
	})
}

func TestRedrawRefusesWhatWouldNeverEnd(t *testing.T) {
	p := programmes.Lively()
	tables := tablesOf(t, p)
	for name, rate := range map[string]float64{"not a number": math.NaN(), "below 0": -0.1, "above 1": 1.1, "rows above 1": 0.9} {
		require.Error(t, tables.Redraw(drawn(p, func(float64) float64 { return rate })), name)
	}
	requireAsBefore(t, tables, p)
}

func TestRedrawRefusesAnotherStructure(t *testing.T) {
	for name, change := range map[string]func(*model.Programme){
		"weeks":       func(p *model.Programme) { p.Weeks++ },
		"lag":         func(p *model.Programme) { p.Cohorts[0].Lag++ },
		"calendar":    func(p *model.Programme) { p.Cohorts[0].Referrals.Last++ },
		"piece":       func(p *model.Programme) { p.Background["foster"][0].In.To++ },
		"destination": func(p *model.Programme) { p.Cohorts[1].Failure[0].Moves[0].To = model.LeftCare },
		"row":         func(p *model.Programme) { p.Background["edge of care"] = programmes.Moves("foster", 0.1) },
		"cohort":      func(p *model.Programme) { p.Cohorts = p.Cohorts[:1] },
	} {
		tables, other := tablesOf(t, programmes.Lively()), programmes.Lively()
		change(other)
		require.Error(t, tables.Redraw(other), name)
		requireAsBefore(t, tables, programmes.Lively())
	}
}

func requireAsBefore(t *testing.T, tables *Tables, p *model.Programme) {
	a, b := tables.Simulator(Jump), tablesOf(t, p).Simulator(Jump)
	a.Replicate(3, 0)
	b.Replicate(3, 0)
	require.Equal(t, b.tally, a.tally)
}

func TestRedrawAllocatesNothing(t *testing.T) {
	p := programmes.DN2(t, "base")
	tables := tablesOf(t, p)
	require.Zero(t, testing.AllocsPerRun(20, func() {
		if err := tables.Redraw(p); err != nil {
			t.Fatal(err)
		}
	}))
}

func BenchmarkRedraw(b *testing.B) {
	p := programmes.DN2(b, "base")
	tables := tablesOf(b, p)
	b.ReportAllocs()
	for b.Loop() {
		if err := tables.Redraw(p); err != nil {
			b.Fatal(err)
		}
	}
}
