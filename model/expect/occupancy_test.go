package expect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

func TestOccupancyAddsUp(t *testing.T) {
	p := base()
	p.Ages = model.Ages{From: 14, To: 18}
	for _, a := range contract.Arms() {
		shares, err := expect.Occupancy(p, p.Cohorts[0].Name, a)
		require.NoError(t, err)
		require.Len(t, shares, len(p.States))
		for week := range p.Weeks {
			total := 0.0
			for s := range shares {
				require.Len(t, shares[s], p.Weeks)
				total += shares[s][week]
			}
			require.InDelta(t, 1, total, 1e-12)
		}
	}
}

// With everyone referred in week 0 the weeks of the counts are the children
// times the shares.
func TestOccupancyIsWhatIsCounted(t *testing.T) {
	p := base()
	p.Cohorts[3].Referrals.Last = 0
	e := of(t, p)
	for _, a := range contract.Arms() {
		shares, err := expect.Occupancy(p, p.Cohorts[3].Name, a)
		require.NoError(t, err)
		for s := range p.States {
			weeks := 0.0
			for k := range p.Commissioners {
				weeks += sum(e.Counts.WeeksIn(contract.Tracking, a, 3, k, s)) + sum(e.Counts.WeeksIn(contract.AfterTracking, a, 3, k, s))
			}
			require.InDelta(t, weeks, p.Cohorts[3].Referrals.Children*sum(shares[s]), 1e-9)
		}
	}
}
