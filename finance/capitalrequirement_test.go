package finance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// figuresOf are the figures of an account in which a programme receives, or
// spends if below 0, so many pounds at the end of each month of 2021.
func figuresOf(t require.TestingT, pounds ...int64) finance.CapitalFigures {
	cash, err := finance.NewCash(small(calendar.NewDate(2021, time.January, 1), 51), contract.Constant)
	require.NoError(t, err)
	account, figures := cash.NewAccount(), finance.CapitalFigures{}
	for i, amount := range pounds {
		require.Equal(t, monthEnd(i+1), account.Days[i])
		account.Receipts[i], account.Costs[i] = 1_00, 1_00 // netted
		if amount > 0 {
			account.Receipts[i] += 100 * amount
		} else {
			account.Costs[i] -= 100 * amount
		}
	}
	cash.CapitalFigures(account, &figures)
	return figures
}

// monthEnd is the last day of a month of 2021; month 0 is no day.
func monthEnd(month int) calendar.Date {
	if month == 0 {
		return calendar.Date{}
	}
	return calendar.NewDate(2021, time.Month(month+1), 0)
}

// The deepest point of receipts less costs added up, and the day from which
// they are never again below zero.
func TestCapitalRequirementAndPaybackByHand(t *testing.T) {
	for _, c := range []struct {
		what        string
		flows       []int64
		requirement int64 // £
		requiredIn  int   // month; 0 for never
		paidBackIn  int
		surplus     int64
	}{
		{"none", nil, 0, 0, 0, 0},
		{"zeros", []int64{0, 0}, 0, 0, 0, 0},
		{"only received", []int64{10, 20}, 0, 0, 0, 30},
		{"only paid in", []int64{-10, -20}, 30, 2, 0, -30},
		{"plain", []int64{-100, 50, 50, 20}, 100, 1, 3, 20},
		{"never paid back", []int64{-100, 50}, 100, 1, 0, -50},
		{"paid back, but not for good", []int64{-100, 120, -50, 60}, 100, 1, 4, 30},
		{"below zero at the end", []int64{-100, 120, -50}, 100, 1, 0, -30},
		{"never below zero", []int64{100, -100, 30}, 0, 0, 0, 30},
		{"as deep twice", []int64{-100, 50, -50, 150}, 100, 1, 4, 50},
		{"deeper later", []int64{-100, 50, -80, 150}, 130, 3, 4, 20},
		{"paid back to the penny", []int64{-100, 100, 0}, 100, 1, 2, 0},
	} {
		f := figuresOf(t, c.flows...)
		require.Equal(t, 100*c.requirement, f.Requirement, c.what)
		require.Equal(t, monthEnd(c.requiredIn), f.RequiredOn, c.what)
		require.Equal(t, monthEnd(c.paidBackIn), f.PaidBack, c.what)
		require.Equal(t, 100*c.surplus, f.Surplus, c.what)
	}
}

// From the end of January to the day before the end of March: 28 days of
// February and 30 of March, and January's last.
func TestDaysBelowZero(t *testing.T) {
	require.Equal(t, 59, figuresOf(t, -100, 50, 50).DaysBelow)
	require.Zero(t, figuresOf(t, 100, -100).DaysBelow)
}
