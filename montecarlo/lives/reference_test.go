package lives

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// Reference check 1: the exact expectation and the simulation, which share
// only the programme's terms, agree. For every arm × cohort × measure there is
// one p-value per seed, over 200 fixed consecutive seeds; if the two agree the
// p-values are uniform, which a Kolmogorov-Smirnov test judges at 0.001. The
// same test must catch eight faults planted in the simulation.

const (
	seeds         = 200
	perSeed       = 40 // replications
	rejectAt      = 0.001
	fewestExpects = 25 // expected events below which cells are merged
)

func TestReference1ExactAgainstSimulation(t *testing.T) {
	if testing.Short() {
		t.Skip("runs 200 seeds")
	}
	for _, engine := range []Engine{Jump, Plain} {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			for name, p := range agreement(t, programmes.Lively(), engine, nil) {
				require.Greater(t, p, rejectAt, name)
			}
		})
	}
}

func TestReference1CatchesPlantedFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("runs 200 seeds")
	}
	faults := map[string]func(*Tables){
		"lag + 1":           func(s *Tables) { each(s, func(c *cohort) { c.lag++ }) },
		"window - 1":        func(s *Tables) { each(s, func(c *cohort) { retrigger(c, func(f *contract.FullWeeks) { f.Window-- }) }) },
		"birthday + 1 week": func(s *Tables) { each(s, func(c *cohort) { c.birthdaySlip = 1 }) },
		"quarter boundary":  slipQuarters,
		"cap per child + 1": func(s *Tables) {
			each(s, func(c *cohort) { retrigger(c, func(f *contract.FullWeeks) { f.CapPerChild++ }) })
		},
		"wrong arm's row": func(s *Tables) {
			each(s, func(c *cohort) { c.placements[0].phases = c.rows[c.rows[c.planned].stream].phases })
		},
		"destinations swapped": swapDestinations,
		"visit not counted":    func(s *Tables) { s.visitStep = 0 },
	}
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := agreement(t, programmes.Lively(), Jump, faults[name])
			require.LessOrEqual(t, slices.Min(slices.Collect(maps.Values(p))), rejectAt)
		})
	}
}

func each(s *Tables, change func(*cohort)) {
	for i := range s.cohorts {
		change(&s.cohorts[i])
	}
}

func retrigger(c *cohort, change func(*contract.FullWeeks)) {
	for i, m := range c.metrics {
		if weeks, ok := m.trigger.(*contract.FullWeeks); ok {
			f := *weeks
			change(&f)
			c.metrics[i].trigger = &f
		}
	}
}

// slipQuarters moves the end of every quarter but the last by a week.
func slipQuarters(s *Tables) {
	for q := 1; q < len(s.boundaries)-1; q++ {
		s.quarter[s.boundaries[q]] = q - 1
		s.boundaries[q]++
	}
}

func swapDestinations(s *Tables) {
	each(s, func(c *cohort) {
		for _, f := range c.placements[0].phases {
			if len(f.to) > 1 {
				f.to[0].to, f.to[1].to = f.to[1].to, f.to[0].to
			}
		}
	})
}

// agreement returns the p-value of the Kolmogorov-Smirnov test of every
// measure. The programme's numbers of children must be whole.
func agreement(t *testing.T, p *model.Programme, engine Engine, plant func(*Tables)) map[string]float64 {
	exact, err := expect.Of(p)
	require.NoError(t, err)
	tables := tablesOf(t, p)
	if plant != nil {
		plant(tables)
		tables.curve()
	}
	s := tables.Simulator(engine)
	measures := measuresOf(p, exact)
	pValues := map[string][]float64{}
	for seed := range seeds {
		samples := make([][]float64, len(measures))
		for i := range perSeed {
			s.Replicate(uint64(seed), i)
			for m := range measures {
				samples[m] = append(samples[m], measures[m].of(s.tally))
			}
		}
		for m, measure := range measures {
			pValues[measure.name] = append(pValues[measure.name], measure.meanTest(samples[m]))
			if measure.variance > 0 {
				name := measure.name + ", variance"
				pValues[name] = append(pValues[name], measure.varianceTest(samples[m]))
			}
		}
	}
	result := map[string]float64{}
	for name, values := range pValues {
		result[name] = uniform(values)
	}
	for name, pValue := range firstExits(tables, engine) {
		result[name] = pValue
	}
	return result
}

// measured is a whole figure of a tally with its exact mean, and its exact
// variance where that is known.
type measured struct {
	name           string
	of             func(*contract.Tally) float64
	mean, variance float64
}

// meanTest is the two-sided p-value of a sample's mean.
func (m measured) meanTest(sample []float64) float64 {
	n := float64(len(sample))
	mean, sd := stat.MeanStdDev(sample, nil)
	if m.variance > 0 {
		return 2 * distuv.UnitNormal.Survival(math.Abs(mean-m.mean)/math.Sqrt(m.variance/n))
	}
	if sd == 0 {
		return 0
	}
	student := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}
	return 2 * student.Survival(math.Abs(mean-m.mean)/(sd/math.Sqrt(n)))
}

// varianceTest is the two-sided p-value of a sample's variance about the exact
// mean: a χ² with as many degrees of freedom as there are replications.
func (m measured) varianceTest(sample []float64) float64 {
	sum := 0.0
	for _, v := range sample {
		sum += (v - m.mean) * (v - m.mean)
	}
	lower := distuv.ChiSquared{K: float64(len(sample))}.CDF(sum / m.variance)
	return 2 * min(lower, 1-lower)
}

// measuresOf lists paid units and weeks by state for every arm and cohort, in
// all and up to the middle of the programme; rare cells are merged.
func measuresOf(p *model.Programme, exact *expect.Expectation) []measured {
	var all []measured
	shape := exact.Counts.Shape
	half := len(shape.Quarters) / 2
	for k, cohort := range shape.Cohorts {
		for _, arm := range contract.Arms() {
			var rare []int
			for s, state := range shape.States {
				mean := livedIn(exact.Counts, arm, k, []int{s}, half)
				if mean == 0 {
					continue
				}
				if mean*perSeed < fewestExpects*8 { // a stay is about eight weeks
					rare = append(rare, s)
					continue
				}
				all = append(all, weeksMeasures(exact, fmt.Sprint(cohort, ", ", arm, ", ", state), arm, k, []int{s}, half)...)
			}
			if len(rare) > 0 {
				all = append(all, weeksMeasures(exact, fmt.Sprint(cohort, ", ", arm, ", rare states"), arm, k, rare, half)...)
			}
		}
	}
	for m, metric := range shape.Metrics {
		one := measured{name: "paid units, " + metric, of: func(t *contract.Tally) float64 { return units(t, m) }}
		for _, c := range exact.PerChild {
			if c.Metric == metric {
				children := p.Cohorts[slices.Index(shape.Cohorts, c.Cohort)].Referrals.Children
				one.mean += children * c.Mean
				one.variance += children * c.Variance
			}
		}
		all = append(all, one)
	}
	return all
}

// weeksMeasures is child-weeks in some states, and for the counterfactual arm the
// same under independent lives, which have the same expectation.
func weeksMeasures(exact *expect.Expectation, name string, arm contract.Arm, cohort int, states []int, quarters int) []measured {
	common := measured{
		name: name,
		of:   func(t *contract.Tally) float64 { return livedIn(t, arm, cohort, states, quarters) },
		mean: livedIn(exact.Counts, arm, cohort, states, quarters),
	}
	if arm != contract.Counterfactual {
		return []measured{common}
	}
	independent := common
	independent.name += ", independent lives"
	independent.of = func(t *contract.Tally) float64 { return livedIn(t.Independent, arm, cohort, states, quarters) }
	return []measured{common, independent}
}

// livedIn is child-weeks in some states in the first quarters of a programme.
func livedIn[N contract.Number](c *contract.Counts[N], arm contract.Arm, cohort int, states []int, quarters int) float64 {
	sum := 0.0
	for w := contract.Tracking; w <= contract.AfterTracking; w++ {
		for m := range c.Shape.Commissioners {
			for _, s := range states {
				for _, v := range c.WeeksIn(w, arm, cohort, m, s)[:quarters] {
					sum += float64(v)
				}
			}
		}
	}
	return sum
}

func units(t *contract.Tally, metric int) float64 {
	sum := 0.0
	for c := range t.Shape.Commissioners {
		for _, v := range t.UnitsOf(metric, c) {
			sum += float64(v)
		}
	}
	return sum
}

// uniform is the p-value of the Kolmogorov-Smirnov test that values are
// uniform between 0 and 1: Kolmogorov's limit with Stephens' correction for
// the size of the sample (Journal of the Royal Statistical Society B, 1970).
func uniform(values []float64) float64 {
	slices.Sort(values)
	n, d := float64(len(values)), 0.0
	for i, v := range values {
		d = max(d, v-float64(i)/n, float64(i+1)/n-v)
	}
	x := d * (math.Sqrt(n) + 0.12 + 0.11/math.Sqrt(n))
	p := 0.0
	for k := 1; k <= 100; k++ {
		p += 2 * math.Pow(-1, float64(k-1)) * math.Exp(-2*float64(k*k)*x*x)
	}
	return min(1, max(0, p))
}

// firstExits is a χ² test of the week in which children of each cohort first
// leave the start state without the programme, against the product of staying
// probabilities. Children who reach 18 or the horizon first are left out of the
// weeks that they did not live.
func firstExits(s *Tables, engine Engine) map[string]float64 {
	sim := s.Simulator(engine)
	result := map[string]float64{}
	for i := range s.cohorts {
		c := &s.cohorts[i]
		exits, at := make([]float64, s.weeks), make([]float64, s.weeks) // by week; children who lived it in the start state
		for n := range 20_000 {
			sim.draw(c, keyed.Member(cohortKey(keyed.Replication(99, 0), c), n))
			sim.engine(sim, c, &sim.child)
			if len(sim.child.without) == 0 {
				continue
			}
			to := sim.child.without[0].To
			for week := range to {
				at[week]++
			}
			if to < sim.child.weeks {
				exits[to-1]++
			} else {
				at[to-1]-- // whether the child would have moved then is not seen
			}
		}
		result["first exit, "+s.shape.Cohorts[i]] = exitTest(s.programme, i, exits, at)
	}
	return result
}

func exitTest(p *model.Programme, i int, exits, at []float64) float64 {
	c := &p.Cohorts[i]
	row := p.BackgroundOf(c)[c.StartState]
	chi, cells, observed, expected, variance := 0.0, 0, 0.0, 0.0, 0.0
	for week := range exits {
		q := row.Leave(week, week+c.AlreadyThere)
		observed += exits[week]
		expected += at[week] * q
		variance += at[week] * q * (1 - q)
		if expected >= fewestExpects {
			chi += (observed - expected) * (observed - expected) / variance
			cells++
			observed, expected, variance = 0, 0, 0
		}
	}
	return distuv.ChiSquared{K: float64(cells)}.Survival(chi)
}

// Reference check 2: the walk, which draws one word per stay, follows the same
// law as the plain engine, which draws one number per child-week and shares
// nothing with it but the programme.
func TestReference2WalkAgainstPlainLaw(t *testing.T) {
	if testing.Short() {
		t.Skip("runs 200 seeds")
	}
	const seeds, perSeed = 60, 20
	p := programmes.Lively()
	exact, err := expect.Of(p)
	require.NoError(t, err)
	tables := tablesOf(t, p)
	measures := measuresOf(p, exact)
	sample := func(e Engine, seed uint64) [][]float64 {
		s := tables.Simulator(e)
		samples := make([][]float64, len(measures))
		for i := range perSeed {
			s.Replicate(seed, i)
			for m := range measures {
				samples[m] = append(samples[m], measures[m].of(s.tally))
			}
		}
		return samples
	}
	pValues := make([][]float64, len(measures))
	for seed := range uint64(seeds) {
		// Different seeds, because both engines draw the same children from one.
		a, b := sample(Walk, seed), sample(Plain, seed+1_000_000)
		for m := range measures {
			pValues[m] = append(pValues[m], sameMean(a[m], b[m]))
		}
	}
	for m, measure := range measures {
		require.Greater(t, uniform(pValues[m]), rejectAt, measure.name)
	}
}

// sameMean is the p-value of Welch's test that two samples have one mean.
func sameMean(a, b []float64) float64 {
	meanA, varA := stat.MeanVariance(a, nil)
	meanB, varB := stat.MeanVariance(b, nil)
	varA, varB = varA/float64(len(a)), varB/float64(len(b))
	if varA+varB == 0 {
		return 1
	}
	freedom := (varA + varB) * (varA + varB) / (varA*varA/float64(len(a)-1) + varB*varB/float64(len(b)-1))
	student := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: freedom}
	return 2 * student.Survival(math.Abs(meanA-meanB)/math.Sqrt(varA+varB))
}
