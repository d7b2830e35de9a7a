package montecarlo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The base case of Newpin has the final restoration rate that New South Wales publishes,
// 60.9%: 391 of 642 children. The low case is below the lowest tier, 55%, and the high one
// above the highest, 70%.
func TestNewpinHasThePublishedRate(t *testing.T) {
	d, err := scenario.Open("newpin")
	require.NoError(t, err)
	for _, c := range []struct {
		name      string
		low, high float64
	}{{"base", 390.5 / 642, 391.5 / 642}, {"low", .4, .55}, {"medium", .6, .61}, {"high", .7, .8}} {
		v, err := d.Version(c.name)
		require.NoError(t, err)
		require.Equal(t, "AUD", v.Programme.Currency)
		p, err := Central(v, contract.Constant)
		require.NoError(t, err)
		rates := p.Ledger.Rates
		require.Len(t, rates, 1, "restorations have no measuring date")
		rate, ok := rates[0].Rate()
		require.True(t, ok)
		require.Greater(t, rate, c.low, c.name)
		require.Less(t, rate, c.high, c.name)
	}
}
