package lives

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// FuzzEngineEqualsWalk turns bytes into a programme and holds the engine against
// the walk, in every cell. An engine that never ends is a failure too.
//
//	go test ./montecarlo/lives -run '^$' -fuzz EngineEqualsWalk -fuzztime 1m -fuzzminimizetime 1x
func FuzzEngineEqualsWalk(f *testing.F) {
	f.Add([]byte{})
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		p := anyProgramme(t)
		if rapid.Bool().Draw(t, "nearly 18") {
			p.Ages = model.Ages{From: 17.9, To: 18}
		}
		require.NoError(t, p.Validate())
		requireSameTallies(t, p, 2)
		requireRowsAboveOneRefused(t, p, rapid.SampledFrom([]string{"foster", "residential", "reunified"}).Draw(t, "row above 1"))
	}))
}

// requireRowsAboveOneRefused requires that a row which sums above 1 is an error,
// of the programme and of tables that are to be drawn again.
func requireRowsAboveOneRefused(t require.TestingT, p *model.Programme, state string) {
	tables := tablesOf(t, p)
	row := p.Background[state]
	if len(row) == 0 || len(row[0].Moves) == 0 {
		return
	}
	was := row[0].Moves[0].Probability
	row[0].Moves[0].Probability = 1.01
	require.Error(t, p.Validate())
	require.Error(t, tables.Redraw(p))
	row[0].Moves[0].Probability = was
}

func TestRowsThatSumAboveOneAreRefused(t *testing.T) {
	p := programmes.Lively()
	p.Background["residential"] = programmes.Moves("foster", 0.7, "reunified", 0.4)
	require.ErrorContains(t, p.Validate(), "residential")
	_, err := NewTables(p)
	require.ErrorContains(t, err, "residential")
	for _, state := range []string{"foster", "residential", "reunified"} {
		requireRowsAboveOneRefused(t, programmes.Lively(), state)
	}
}

// A piece in which no child can ever be is refused as well: here the moves of the
// first two weeks, for which every child is held.
func TestRowsThatNoChildReachesAreRefused(t *testing.T) {
	p := programmes.Lively()
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		c.StartState, c.HoldUntilStart, c.Lag, c.Background = "residential", true, 6, nil
	}
	early, late := programmes.Moves("foster", 0.1)[0], programmes.Moves("foster", 0.1)[0]
	early.Since, late.Since = markov.Span{To: 2}, markov.Span{From: 2}
	p.Background["residential"] = markov.Row{early, late}
	requireRowsAboveOneRefused(t, p, "residential")
}

func TestEveryoneMovesEveryWeek(t *testing.T) {
	p := programmes.Lively()
	p.Background = map[string]markov.Row{
		"foster": programmes.Moves("residential", 1), "residential": programmes.Moves("reunified", 1), "reunified": programmes.Moves("foster", 0.25, "residential", 0.75),
	}
	for i := range p.Cohorts {
		p.Cohorts[i].Background, p.Cohorts[i].Failure = nil, programmes.Moves("residential", 1)
	}
	require.NoError(t, p.Validate())
	requireSameTallies(t, p, 20)
}

func TestNobodyEverMoves(t *testing.T) {
	p := programmes.Lively()
	p.Background = map[string]markov.Row{"foster": programmes.Moves("residential", 0), "reunified": nil}
	for i := range p.Cohorts {
		p.Cohorts[i].Background, p.Cohorts[i].Failure = nil, nil
	}
	require.NoError(t, p.Validate())
	requireSameTallies(t, p, 20)
}

func TestWindowOfNoWeeksPaysNothing(t *testing.T) {
	p := programmes.Lively()
	p.Cohorts[0].Tracking, p.Cohorts[0].Lag = 0, 0
	p.Contract.Metrics = p.Contract.Metrics[:1]
	p.Contract.Metrics[0].Trigger = &contract.FullWeeks{Window: 0, CapPerChild: 20}
	require.NoError(t, p.Validate())
	requireSameTallies(t, p, 20)
	s := tablesOf(t, p).Simulator(Jump)
	s.Replicate(7, 0)
	require.Zero(t, total(s.tally.Units))
	require.NotZero(t, total(s.tally.Started))
}

// Nobody is 18 at referral, but some are for less than a week longer than that.
func TestAgeAtTheLimit(t *testing.T) {
	p := programmes.Lively()
	p.Ages = model.Ages{From: 18 - 8/model.DaysPerYear, To: 18}
	require.NoError(t, p.Validate())
	requireSameTallies(t, p, 20)
	s := tablesOf(t, p).Simulator(Jump)
	for i := range 20 {
		s.Replicate(7, i)
		// One week at most outside left care for each child, in each arm.
		most := total(s.tally.Referred)
		for _, arm := range contract.Arms() {
			lived := int64(0)
			for k := range p.Cohorts {
				for c := range p.Commissioners {
					for state, name := range s.tables.shape.States {
						for w := contract.Tracking; w <= contract.AfterTracking; w++ {
							if name != model.LeftCare {
								lived += total(s.tally.WeeksIn(w, arm, k, c, state))
							}
						}
					}
				}
			}
			require.LessOrEqual(t, lived, most)
		}
	}
}
