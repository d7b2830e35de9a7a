package montecarlo

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// A fee outside the cap adds the same amount to payments in every replication, and
// nothing to what caps cut.
func TestDeliveryFeeIsPartOfPayments(t *testing.T) {
	p := programmes.Lively()
	p.Delivery = &model.Delivery{ClaimsPaidAfter: 60}
	without := result(t, p)
	fee := &contract.DeliveryFee{PerMonth: decimal.NewFromInt(1000), From: p.Start, To: p.Start.AddDays(400), Shares: map[string]decimal.Decimal{}}
	for _, c := range p.Commissioners {
		fee.Shares[c.Name] = decimal.NewFromInt(1)
	}
	p.Contract.Fee = fee
	with := result(t, p)
	months := 0.0
	for day := p.Start; !day.After(fee.To); day = day.AddDays(1) {
		if day.Day() == 1 {
			months++
		}
	}
	require.InDelta(t, 1000*months, summary(t, with, FeesPaid).Mean, 1e-9)
	more := with.Values(Payments)
	for i, paid := range without.Values(Payments) {
		require.InDelta(t, paid+1000*months, more[i], 1e-6)
	}
	require.Zero(t, summary(t, with, Unpaid).Mean)
	require.Equal(t, summary(t, without, Claims).Mean, summary(t, with, Claims).Mean)
	made := func(r *Result, of ...string) map[calendar.FinancialYear]float64 {
		series, ok := r.WhenPaid.Of(PaymentsMade, of...)
		require.True(t, ok)
		years := map[calendar.FinancialYear]float64{}
		for i, year := range r.PaidYears {
			years[year] = series.By[i].Mean
		}
		return years
	}
	// Each council pays its half on the last day of the month, so that the year in which
	// it pays is that of the month.
	inYear := map[calendar.FinancialYear]float64{}
	for day := p.Start; !day.After(fee.To); day = day.AddDays(1) {
		if day.Day() == 1 {
			inYear[day.FinancialYear()] += 1000
		}
	}
	require.Greater(t, len(inYear), 1)
	all, each := made(with), made(with, p.Commissioners[0].Name)
	before, own := made(without), made(without, p.Commissioners[0].Name)
	for year := range all {
		require.InDelta(t, before[year]+inYear[year], all[year], 1e-6, year)
		require.InDelta(t, own[year]+inYear[year]/2, each[year], 1e-6, year)
	}
	_, ok := without.Totals.Of(FeesPaid)
	require.False(t, ok)
}
