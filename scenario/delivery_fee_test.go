package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Councils share a delivery fee as they do referrals, over the whole programme, unless it
// says otherwise.
func TestDeliveryFee(t *testing.T) {
	p := programme(t, scenario.Set("delivery fee", "{per month: 2500, contract cap: counts}"))
	fee := p.Contract.Fee
	require.Equal(t, "2500", fee.PerMonth.String())
	require.True(t, fee.InCap)
	require.Equal(t, p.Start, fee.From)
	require.False(t, fee.To.Before(p.Calendar().Last(p.Weeks-1)))
	for _, c := range p.Commissioners {
		require.InDelta(t, c.ReferralShare, fee.Shares[c.Name].InexactFloat64(), 1e-12)
	}
	fee = programme(t, scenario.Set("delivery fee", "{per month: £10, from: 2026-05-01, to: 2027-04-30, contract cap: is outside, indexation: 2%, shares: {Northmoor: 100%}}")).Contract.Fee
	require.False(t, fee.InCap)
	require.Equal(t, calendar.NewDate(2026, 5, 1), fee.From)
	require.Equal(t, calendar.NewDate(2027, 4, 30), fee.To)
	require.Equal(t, "0.02", fee.Indexation.Decimal.String())
	require.Equal(t, "1", fee.Shares["Northmoor"].String())
	require.Nil(t, programme(t, scenario.Set("delivery fee", "none")).Contract.Fee)
}
