package lives

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// alike is a programme in which every child starts at referral, in its first week,
// from the parent of its planned state, and which changes no rate.
func alike() *model.Programme {
	p := programmes.Lively()
	p.Cohorts = p.Cohorts[:1]
	p.Ages = model.Ages{}
	c := &p.Cohorts[0]
	at := slices.IndexFunc(p.States, func(s model.State) bool { return s.Name == c.PlannedState })
	c.StartState = p.States[at].Parent
	c.Referrals = model.Referrals{Children: 20}
	c.Lag, c.AlreadyThere, c.StartProbability = 0, 0, 1
	c.Failure = p.BackgroundOf(c)[c.StartState]
	for i := range p.Contract.Metrics {
		p.Contract.Metrics[i].Cohorts = []string{c.Name}
	}
	return p
}

// residentialWeeks is weeks in residential care over replications: without the
// programme, with it, and without it under independent lives.
func residentialWeeks(t *testing.T, p *model.Programme, e Engine, replications int) (without, with, independent []float64) {
	s := tablesOf(t, p).Simulator(e)
	state := []int{slices.Index(s.tables.shape.States, "residential")}
	quarters := len(s.tables.shape.Quarters)
	for i := range replications {
		tally := s.Replicate(3, i)
		without = append(without, livedIn(tally, contract.Counterfactual, 0, state, quarters))
		with = append(with, livedIn(tally, contract.Intervention, 0, state, quarters))
		independent = append(independent, livedIn(tally.Independent, contract.Counterfactual, 0, state, quarters))
	}
	return without, with, independent
}

// The arms of children who start correlate with common random numbers, here wholly
// because no rate differs, and not under independent lives. 4 ÷ √n is four standard
// errors of a correlation of 0.
func TestBlackBoxCorrelationOfTheArms(t *testing.T) {
	const n = 2000
	for _, engine := range []Engine{Jump, Plain} {
		without, with, independent := residentialWeeks(t, alike(), engine, n)
		require.Equal(t, without, with, engine)
		require.Less(t, math.Abs(stat.Correlation(with, independent, nil)), 4/math.Sqrt(n), engine)
		require.Less(t, math.Abs(stat.Correlation(without, independent, nil)), 4/math.Sqrt(n), engine)
		// The same law: four standard errors of a difference of two means.
		standardError := math.Sqrt((stat.Variance(without, nil) + stat.Variance(independent, nil)) / n)
		require.InDelta(t, stat.Mean(without, nil), stat.Mean(independent, nil), 4*standardError, engine)
	}
}

// Up to the start a child has one life: with the start in week 8, the weeks of
// each quarter up to it are the same cell by cell, and later ones are not.
func TestIndependentLivesAreOneLifeUpToTheStart(t *testing.T) {
	p := alike()
	p.Cohorts[0].Lag = 8
	for _, engine := range []Engine{Jump, Walk, Plain} {
		s := tablesOf(t, p).Simulator(engine)
		later := false
		for i := range 20 {
			s.Replicate(5, i)
			for n := range 20 {
				s.draw(&s.tables.cohorts[0], keyed.Member(cohortKey(keyed.Replication(5, i), &s.tables.cohorts[0]), n))
				s.engine(s, &s.tables.cohorts[0], &s.child)
				for week := range 8 {
					require.Equal(t, stateIn(s.child.without, week), stateIn(s.child.independent, week), engine)
				}
				later = later || stateIn(s.child.without, 30) != stateIn(s.child.independent, 30)
			}
		}
		require.True(t, later, engine)
	}
}

// stateIn is the state of a life in a week; -1 once the child has left care.
func stateIn(life []contract.Stay, week int) int {
	for _, stay := range life {
		if stay.From <= week && week < stay.To {
			return stay.State
		}
	}
	return -1
}

// A child who does not start has one life: every cell of the two counterfactual
// arms is the same.
func TestBlackBoxChildWhoDoesNotStartHasOneLife(t *testing.T) {
	p := programmes.Lively()
	for i := range p.Cohorts {
		p.Cohorts[i].StartProbability = 0
	}
	for _, engine := range []Engine{Jump, Walk, Plain} {
		s := tablesOf(t, p).Simulator(engine)
		for i := range 20 {
			tally := s.Replicate(5, i)
			requireSameCounterfactual(t, tally)
		}
	}
}

func requireSameCounterfactual(t *testing.T, tally *contract.Tally) {
	shape := tally.Shape
	for w := contract.Tracking; w <= contract.AfterTracking; w++ {
		for k := range shape.Cohorts {
			for c := range shape.Commissioners {
				for s := range shape.States {
					require.Equal(t, tally.WeeksIn(w, contract.Counterfactual, k, c, s), tally.Independent.WeeksIn(w, contract.Counterfactual, k, c, s))
				}
			}
		}
	}
}
