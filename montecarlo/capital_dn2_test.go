package montecarlo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The two sets of assumed delivery costs do what the file says of them: at the
// first the medium case earns 8% a year within the facility, at the second the
// base case breaks even.
func TestDN2DeliveryCostsAreWhatTheySay(t *testing.T) {
	document, err := scenario.Open("dn2")
	require.NoError(t, err)
	project := func(name string, edits ...scenario.Edit) *Projection {
		v, err := document.Version(name, edits...)
		require.NoError(t, err)
		c, err := Central(v, contract.Constant)
		require.NoError(t, err)
		return c
	}
	medium := project("medium")
	rate, ok := medium.Totals.Of(InternalRate, finance.Consortium)
	require.True(t, ok)
	require.InDelta(t, 0.08, rate.Value, 0.0005)
	short, _ := medium.Totals.Of(Shortfall)
	require.Zero(t, short.Value)

	even := project("base + delivery at break-even in the base case")
	surplus, _ := even.Totals.Of(Surplus)
	require.InDelta(t, 0, surplus.Value, 1000)
}
