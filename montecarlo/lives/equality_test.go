package lives

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Reference check: the jump engine, whose children live in blocks, equals the
// week-by-week walk with the same keyed words in every cell of the tally, and so does
// jump for one child after the other.

func TestReferenceJumpEqualsWalk(t *testing.T) {
	replications := 5
	if long() {
		replications = 40
	}
	for _, info := range scenario.List() {
		name := info.Name
		document, err := scenario.Open(name)
		require.NoError(t, err)
		for _, c := range document.Cases() {
			v, err := document.Version(c.Name)
			require.NoError(t, err)
			t.Run(fmt.Sprint(name, " ", c.Name), func(t *testing.T) { requireSameTallies(t, v.Programme, replications) })
		}
	}
	t.Run("lively", func(t *testing.T) { requireSameTallies(t, programmes.Lively(), replications) })
}

func TestReferenceJumpEqualsWalkOnAnyProgramme(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { requireSameTallies(t, anyProgramme(t), 3) })
}

func requireSameTallies(t require.TestingT, p *model.Programme, replications int) {
	tables := tablesOf(t, p)
	blocks, oneByOne, walk := tables.Simulator(Jump), tables.simulator(Jump, false), tables.Simulator(Walk)
	for i := range replications {
		want := walk.Replicate(7, i)
		require.Equal(t, want, oneByOne.Replicate(7, i), "replication %d, one child after the other", i)
		require.Equal(t, want, blocks.Replicate(7, i), "replication %d, in blocks", i)
	}
}

// No child, one, and as many as fill blocks to the last place, one fewer and one more;
// all of them near the 18th birthday at times, or all without ages.
func TestReferenceBlocksAtTheirBorders(t *testing.T) {
	for _, ages := range []model.Ages{{}, {From: 15.5, To: 17.5}, {From: 17.9, To: 18}} {
		for _, children := range []int{0, 1, 2, blockSize - 1, blockSize, blockSize + 1, 2*blockSize - 1, 2 * blockSize, 2*blockSize + 1} {
			p := programmes.Lively()
			p.Ages = ages
			p.MinimumReferrals = model.MinimumReferrals{}
			for i := range p.Cohorts {
				p.Cohorts[i].Referrals.Children = float64(children)
			}
			requireSameTallies(t, p, 2)
		}
	}
}

// A cohort whose stays have no curve: pieces on both clocks, more pieces and more
// destinations than a curve holds, a word that goes on beyond all of them.
func TestReferenceBlocksWithoutCurves(t *testing.T) {
	p := programmes.Lively()
	p.States = append(p.States, model.State{Name: "kin"}, model.State{Name: "secure"})
	p.UnitCosts = append(p.UnitCosts, contract.UnitCost{State: "kin"}, contract.UnitCost{State: "secure"})
	everywhere := programmes.Moves("residential", 0.02, "reunified", 0.01, "kin", 0.02, "secure", 0.01, model.LeftCare, 0.005)
	p.Background["foster"] = everywhere
	p.Background["kin"] = markov.Row{{Moves: programmes.Moves("foster", 0.1)[0].Moves, In: markov.Span{To: 3}}}
	for from := 3; from < 15; from += 2 {
		p.Background["kin"] = append(p.Background["kin"], markov.Piece{In: markov.Span{From: from, To: from + 2}, Moves: programmes.Moves("foster", float64(from)/20)[0].Moves})
	}
	p.Background["kin"] = append(p.Background["kin"], markov.Piece{In: markov.Span{From: 15}})
	p.Background["secure"] = markov.Row{
		{Since: markov.Span{To: 40}, In: markov.Span{To: 5}, Moves: programmes.Moves("residential", 0.2)[0].Moves},
		{Since: markov.Span{To: 40}, In: markov.Span{From: 5}, Moves: programmes.Moves("residential", 0.1)[0].Moves},
		{Since: markov.Span{From: 40}, Moves: programmes.Moves("residential", 1)[0].Moves},
	}
	p.Cohorts[0].Failure = append(markov.Row{}, p.Background["kin"]...)
	p.Cohorts[0].StartState, p.Cohorts[0].PlannedState = "foster", "foster, planned"
	p.Cohorts[0].AlreadyThere = 0
	require.NoError(t, p.Validate())
	requireSameTallies(t, p, 10)
	for _, c := range tablesOf(t, p).cohorts {
		require.True(t, c.curves.phased, p.Cohorts[c.index].Name)
	}
}

func TestReplicationAllocatesNothing(t *testing.T) {
	s := tablesOf(t, programmes.Lively()).Simulator(Jump)
	for i := range 50 { // let the working space grow
		s.Replicate(1, i)
	}
	require.Zero(t, testing.AllocsPerRun(20, func() { s.Replicate(1, 3) }))
}
