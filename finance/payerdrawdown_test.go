package finance_test

import (
	"encoding/json"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// twoCouncils is a ledger of October 2020 to June 2021 with a fund.
func twoCouncils() *contract.Ledger {
	shape := &contract.Shape{Quarters: quarters(2020, 4, 3), Commissioners: []string{"Derby", "Nottingham"}}
	l := contract.NewLedger(shape, []string{"Life Chances Fund", "Derby", "Nottingham"})
	copy(l.PaymentsOf(0, 0), []int64{0, 4_589_48, 10_000_00})
	copy(l.PaymentsOf(0, 1), []int64{0, 1_00, 2_00})
	copy(l.PaymentsOf(1, 0), []int64{50, 12_099_52, 20_000_00})
	copy(l.PaymentsOf(2, 1), []int64{0, 3_00, 4_00})
	return l
}

// By hand. 45 days after 31 December is 14 February (31 + 14), after 31 March
// 15 May (30 + 15), after 30 June 14 August (31 + 14): the claims of January to
// March are paid in the next financial year.
func TestDrawdownByHand(t *testing.T) {
	schedule, err := finance.Drawdown(twoCouncils(), "Life Chances Fund", 45)
	require.NoError(t, err)
	text, err := json.Marshal(schedule)
	require.NoError(t, err)
	require.JSONEq(t, `{"payer": "Life Chances Fund",
		"quarters": [
			{"quarter": "Q3 2020/21", "claimed": "0", "paid_on": "2021-02-14", "cumulative": "0"},
			{"quarter": "Q4 2020/21", "claimed": "4590.48", "paid_on": "2021-05-15", "cumulative": "4590.48"},
			{"quarter": "Q1 2021/22", "claimed": "10002", "paid_on": "2021-08-14", "cumulative": "14592.48"}
		],
		"years": [{"year": "2020/21", "paid": "0"}, {"year": "2021/22", "paid": "14592.48"}]}`, string(text))

	own, err := finance.Drawdown(twoCouncils(), "Derby", 0)
	require.NoError(t, err)
	require.Equal(t, "2021-03-31", own.Quarters[1].PaidOn.String())
	requirePence(t, 12_100_02, own.Years[0].Paid)
	requirePence(t, 20_000_00, own.Years[1].Paid)
}

func TestDrawdownRefuses(t *testing.T) {
	_, err := finance.Drawdown(twoCouncils(), "Leicester", 30)
	require.EqualError(t, err, `there is no payer called "Leicester" in this contract: the payers are Life Chances Fund, Derby, Nottingham`)
	_, err = finance.Drawdown(twoCouncils(), "Derby", -1)
	require.ErrorContains(t, err, "-1 days")
	_, err = finance.Drawdown(twoCouncils(), "Derby", 9_000_000)
	require.ErrorContains(t, err, "9999")
}

// The schedules of all payers hold every penny of the ledger once, in quarters
// as in years; what a council pays on the last day of a quarter is its budget.
func TestDrawdownsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledger(t)
		paidAfter := rapid.IntRange(0, 700).Draw(t, "paid after")
		var claimed, paid decimal.Decimal
		for _, payer := range l.Payers {
			s, err := finance.Drawdown(l, payer, paidAfter)
			require.NoError(t, err)
			own := decimal.Zero
			for _, q := range s.Quarters {
				own = own.Add(q.Claimed)
				require.True(t, own.Equal(q.Cumulative))
				require.Equal(t, paidAfter, q.PaidOn.Sub(q.Quarter.Last()))
			}
			claimed = claimed.Add(own)
			for i, y := range s.Years {
				paid = paid.Add(y.Paid)
				require.True(t, i == 0 || y.Year == s.Years[i-1].Year+1)
			}
		}
		requirePence(t, total(l.Payments), claimed)
		requirePence(t, total(l.Payments), paid)
		for _, b := range finance.Budgets(l) {
			s, err := finance.Drawdown(l, b.Commissioner, 0)
			require.NoError(t, err)
			for i, y := range b.Years {
				require.Equal(t, y.Year, s.Years[i].Year)
				require.True(t, y.OwnPayments.Equal(s.Years[i].Paid))
			}
		}
	})
}
