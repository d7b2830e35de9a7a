package montecarlo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Every common structure of capital reconciles on every day of every replication of
// DN2, and its loans earn what they say wherever they are repaid.
func TestStructuresOfCapital(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	require.Len(t, d.Structures(), 4)
	earns := map[string]float64{"Senior lender": 0.06, "Junior lender": 0.08, "Lender": 0.05}
	for _, info := range d.Structures() {
		v, err := d.Version("high + " + info.Name)
		require.NoError(t, err)
		certain, err := v.Certain()
		require.NoError(t, err)
		p := certain.Programme
		r, err := prepare(asVersion(p), Options{Replications: 1})
		require.NoError(t, err)
		simulator := jump(t, p)
		f := newFigures(r.sheet, r.cash)
		ledger := r.pricer.NewLedger()
		repaid := 0
		for i := range 60 {
			tally := simulator.Replicate(9, i)
			contract.Price(r.pricer, tally, ledger)
			finance.Follow(f.cash, tally, ledger, f.account)
			requireReconciled(t, p, f.account)
			f.cash.CapitalFigures(f.account, &f.capital)
			// Where there is a surplus, all capital has been repaid with what it earns.
			for n, one := range f.capital.Investors {
				if rate, ok := earns[one.Party]; ok && info.Name != "revolving facility" && one.PaidIn > 0 && f.capital.Investors[len(f.capital.Investors)-1].Received > 0 {
					require.Equal(t, finance.RateFound, one.RateIs, "%s %d", info.Name, n)
					require.InDelta(t, rate, one.Rate, 2e-5, "%s: %s", info.Name, one.Party)
					repaid++
				}
			}
		}
		if info.Name != "revolving facility" && info.Name != "provider at risk" {
			require.Greater(t, repaid, 30, info.Name)
		}
	}
}
