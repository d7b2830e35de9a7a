package montecarlo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The two sets of assumed delivery costs do what the file says of them: at the
// first the medium case earns 8% a year within the facility, at the second the
// base case breaks even.
func TestDN2DeliveryCostsAreWhatTheySay(t *testing.T) {
	document, err := scenario.Open("dn2")
	require.NoError(t, err)
	project := func(name string, edits ...scenario.Edit) *Projection {
		p, err := document.Programme(name, edits...)
		require.NoError(t, err)
		c, err := Central(p)
		require.NoError(t, err)
		return c
	}
	medium := project("medium")
	rate, ok := medium.Value(Measure{Name: InternalRate, Of: finance.Consortium})
	require.True(t, ok)
	require.InDelta(t, 0.08, rate, 0.0005)
	short, _ := medium.Value(Measure{Name: Shortfall})
	require.Zero(t, short)

	edits, err := document.Variant("delivery at break-even in the base case")
	require.NoError(t, err)
	even := project("base", edits...)
	surplus, _ := even.Value(Measure{Name: Surplus})
	require.InDelta(t, 0, surplus, 1000)
}
