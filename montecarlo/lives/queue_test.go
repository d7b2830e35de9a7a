package lives

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// A limit that is never reached changes nothing.
func TestUnlimitedCapacityChangesNothing(t *testing.T) {
	for _, engine := range []Engine{Jump, Walk, Plain} {
		p := programmes.Lively()
		plain := tablesOf(t, p).Simulator(engine)
		p.Capacity = model.Capacity{StartsPerQuarter: 1000, Lapse: 26}
		limited := tablesOf(t, p).Simulator(engine)
		for i := range 20 {
			plain.Replicate(3, i)
			limited.Replicate(3, i)
			limited.tally.Rules = plain.tally.Rules
			require.Equal(t, plain.tally, limited.tally, "%s, replication %d", engine, i)
		}
	}
}

// Nobody moves by chance here, so every start is known by hand: four children a
// week for ten weeks from 10 February 2021, all able to start two weeks later,
// three starts in a calendar quarter.
func TestCapacityByHand(t *testing.T) {
	p := programmes.Lively()
	p.Background, p.Ages, p.Weeks = nil, model.Ages{}, 60
	p.Cohorts = p.Cohorts[:1]
	p.Contract.Metrics = p.Contract.Metrics[:1]
	c := &p.Cohorts[0]
	c.Referrals = model.Referrals{Children: 40, Last: 9}
	c.Lag, c.StartProbability, c.Tracking, c.Failure = 2, 1, 20, nil
	p.Capacity = model.Capacity{StartsPerQuarter: 3, Lapse: 26}
	s := tablesOf(t, p).Simulator(Jump)
	s.Replicate(1, 0)
	started := []int64{}
	for q := range s.tables.shape.Quarters {
		n := int64(0)
		for m := range s.tables.shape.Commissioners {
			n += s.tally.StartedIn(0, m)[q]
		}
		started = append(started, n)
	}
	// The last who are referred, in week 9, can start until week 9 + 2 + 26 =
	// 37, which ends on 3 November 2021: in the fourth of the quarters.
	require.Equal(t, []int64{3, 3, 3, 3, 0, 0}, started)
	require.Equal(t, int64(40), total(s.tally.Referred))
}

func TestCapacityLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProgramme(t)
		p.Capacity, p.Cohorts[0].HoldUntilStart = model.Capacity{}, false
		free := tablesOf(t, p).Simulator(Jump)
		p.Capacity = model.Capacity{StartsPerQuarter: rapid.IntRange(1, 3).Draw(t, "starts"), Lapse: rapid.IntRange(0, 20).Draw(t, "lapse")}
		limited := tablesOf(t, p).Simulator(Jump)
		for i := range 3 {
			free.Replicate(5, i)
			limited.Replicate(5, i)
			require.Equal(t, free.tally.Referred, limited.tally.Referred)
			require.LessOrEqual(t, total(limited.tally.Started), total(free.tally.Started))
			lines := len(p.Cohorts) * len(p.Commissioners)
			for q := range limited.tables.shape.Quarters {
				starts := 0
				for line := range lines {
					starts += int(limited.tally.Started[line*len(limited.tables.shape.Quarters)+q])
				}
				require.LessOrEqual(t, starts, p.Capacity.StartsPerQuarter)
			}
			// The lives without the programme are the same children's.
			for k := range p.Cohorts {
				require.Equal(t, lived(free.tally, k), lived(limited.tally, k))
			}
		}
	})
}

// lived is the child-weeks of a cohort by state without the programme.
func lived(t *contract.Tally, cohort int) []int64 {
	weeks := make([]int64, len(t.Shape.States))
	for w := contract.Tracking; w <= contract.AfterTracking; w++ {
		for c := range t.Shape.Commissioners {
			for s := range weeks {
				weeks[s] += total(t.WeeksIn(w, contract.Counterfactual, cohort, c, s))
			}
		}
	}
	return weeks
}

// The weeks of open cases before the start agree with their expectation, where
// birthdays and the horizon cut them short.
func TestWeeksBeforeTheStart(t *testing.T) {
	p := programmes.Lively()
	p.Cohorts[0].Lag, p.Cohorts[1].Lag, p.Ages.To = 40, 60, 18
	exact, err := expect.Of(p)
	require.NoError(t, err)
	s := tablesOf(t, p).Simulator(Jump)
	for k := range p.Cohorts {
		for c := range p.Commissioners {
			for q, mean := range exact.Counts.PreparingIn(k, c) {
				var weeks []float64
				for i := range 400 {
					s.Replicate(11, i)
					weeks = append(weeks, float64(s.tally.PreparingIn(k, c)[q]))
				}
				average, sd := stat.MeanStdDev(weeks, nil)
				require.InDelta(t, mean, average, 4.5*sd/20+1e-9)
			}
		}
	}
}

func total(cells []int64) (sum int64) {
	for _, n := range cells {
		sum += n
	}
	return sum
}
