package montecarlo

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Reference check: the jump engine equals the week-by-week walk with the same
// keyed words in every cell of the tally.

func TestReferenceJumpEqualsWalk(t *testing.T) {
	replications := 5
	if long() {
		replications = 40
	}
	for _, name := range scenario.Names() {
		document, err := scenario.Open(name)
		require.NoError(t, err)
		for _, c := range document.Cases() {
			p, err := document.Programme(c.Name)
			require.NoError(t, err)
			t.Run(fmt.Sprint(name, " ", c.Name), func(t *testing.T) { requireSameTallies(t, p, replications) })
		}
	}
	t.Run("lively", func(t *testing.T) { requireSameTallies(t, lively(), replications) })
}

func TestReferenceJumpEqualsWalkOnAnyProgramme(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { requireSameTallies(t, anyProgramme(t), 3) })
}

func requireSameTallies(t require.TestingT, p *model.Programme, replications int) {
	tables := newTables(p)
	jump, walk := newSimulator(tables, Jump), newSimulator(tables, Walk)
	for i := range replications {
		jump.replicate(7, i)
		walk.replicate(7, i)
		require.Equal(t, walk.tally, jump.tally, "replication %d", i)
	}
}

func TestReplicationAllocatesNothing(t *testing.T) {
	s := newSimulator(newTables(lively()), Jump)
	for i := range 50 { // let the working space grow
		s.replicate(1, i)
	}
	require.Zero(t, testing.AllocsPerRun(20, func() { s.replicate(1, 3) }))
}

// From the children's draws to the last figure, a replication of DN2 allocates
// nothing, however it is reported.
func TestWholeReplicationAllocatesNothing(t *testing.T) {
	for _, p := range []*model.Programme{dn2(t, "base"), dn2(t, "high")} {
		for _, totalsOnly := range []bool{true, false} {
			r, err := prepare(p, Options{Replications: 100, TotalsOnly: totalsOnly})
			require.NoError(t, err)
			s, price := newSimulator(newTables(p), Jump), r.newPrice()
			next := 0
			require.Zero(t, testing.AllocsPerRun(90, func() {
				s.replicate(1, next)
				price(next, s.tally)
				next++
			}), "%s, totals only %v", p.Case, totalsOnly)
		}
	}
}
