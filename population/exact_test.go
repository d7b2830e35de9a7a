package population

import (
	"context"
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
)

// made is the population of an invented council, from its returns.
func made(t testing.TB, children, years int, seed uint64) *Population {
	t.Helper()
	files := fstest.MapFS{}
	_, err := synthetic.Write(synthetic.Settings{Children: children, Years: years, Seed: seed}, func(name string, text []byte) error {
		files[name] = &fstest.MapFile{Data: text}
		return nil
	})
	require.NoError(t, err)
	care, err := ssda903.Read(files)
	require.NoError(t, err)
	var spells []estimate.Spell
	for _, s := range care.Stays(ssda903.DefaultStates()) {
		spells = append(spells, estimate.Spell(s))
	}
	p, err := FromSpells(spells, Settings{From: care.Window.From, To: care.Window.To, Home: "reunified"})
	require.NoError(t, err)
	return p
}

// The children of 60,000 replications at the estimated rates, who share no code with the
// stepping core, have the mean and the variance that it works out, and a lever of 5%
// saves what it should.
func TestSimulationIsExact(t *testing.T) {
	replications, ofMean, ofVariance, ofSaving := 1500, 0.02, 0.15, 0.1
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		replications, ofMean, ofVariance, ofSaving = 60_000, 0.002, 0.02, 0.01
	}
	p := made(t, 900, 5, 11)
	ctx := context.Background()
	var levers []Lever
	for _, text := range []string{"residential entries -5%", "foster to residential -5%", "residential to foster +5%", "entries +5%", "residential entries -5% into foster"} {
		l, err := ParseLever(text)
		require.NoError(t, err)
		levers = append(levers, l)
	}
	scenarios := []scenario{}
	for _, l := range append([]Lever{{}}, levers...) {
		s, err := p.scenario(l)
		require.NoError(t, err)
		scenarios = append(scenarios, s)
	}
	g := newGrid(p.Settings.To, 4)
	lines, simulated, _ := p.lines(false)
	lines = lines[:simulated]
	costs := []float64{1000, 4000}
	r, err := newSimulation(p, g, lines, scenarios, costs, 1).run(ctx, replications, 2, false)
	require.NoError(t, err)
	base, err := p.expect(ctx, g, lines, scenarios[0])
	require.NoError(t, err)
	for y := range g.years {
		for i, l := range lines {
			mean, variance := stat.MeanVariance(r.stock[y*len(lines)+i], nil)
			require.InEpsilon(t, base.mean[y][i], mean, ofMean, "%s in year %d", l.name, y+1)
			require.InEpsilon(t, base.sd[y][i]*base.sd[y][i], variance, ofVariance, "variance of %s in year %d", l.name, y+1)
		}
		for s := range costs {
			require.InEpsilon(t, base.weeks[y][s]*costs[s], stat.Mean(r.cost[y*2+s], nil), ofMean)
		}
	}
	for i, l := range levers {
		with, err := p.expect(ctx, g, lines, scenarios[i+1])
		require.NoError(t, err)
		exact, mean := 0.0, 0.0
		for y := range g.years {
			for s := range costs {
				exact += costs[s] * (base.weeks[y][s] - with.weeks[y][s])
			}
			mean += stat.Mean(r.saving[i*len(g.years)+y], nil)
		}
		require.InEpsilon(t, exact, mean, ofSaving, l.Name)
	}
}

// A lever changes nothing for children whom it does not meet, and another lever changes
// nothing for anybody.
func TestLeversMeetTheSameChildren(t *testing.T) {
	p := made(t, 300, 5, 12)
	run := func(texts ...string) *Forecast {
		var o Options
		for _, text := range texts {
			l, err := ParseLever(text)
			require.NoError(t, err)
			o.Levers = append(o.Levers, l)
		}
		o.Replications, o.Seed, o.Workers = 50, 3, len(texts)+1
		f, err := p.Forecast(context.Background(), o)
		require.NoError(t, err)
		return f
	}
	one, two := run("foster to residential -50%"), run("entries +20%", "foster to residential -50%")
	require.Equal(t, one.Stock, two.Stock)
	require.Equal(t, one.Spend, two.Spend)
	require.Equal(t, one.Levers[0], two.Levers[1])
}
