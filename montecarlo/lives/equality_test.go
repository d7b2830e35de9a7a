package lives

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Reference check: the jump engine equals the week-by-week walk with the same
// keyed words in every cell of the tally.

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
	jump, walk := tables.Simulator(Jump), tables.Simulator(Walk)
	for i := range replications {
		jump.Replicate(7, i)
		walk.Replicate(7, i)
		require.Equal(t, walk.tally, jump.tally, "replication %d", i)
	}
}

func TestReplicationAllocatesNothing(t *testing.T) {
	s := tablesOf(t, programmes.Lively()).Simulator(Jump)
	for i := range 50 { // let the working space grow
		s.Replicate(1, i)
	}
	require.Zero(t, testing.AllocsPerRun(20, func() { s.Replicate(1, 3) }))
}
