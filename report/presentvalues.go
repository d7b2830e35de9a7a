package report

import (
	"math"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// reviewedRate is the discount rate that the independent review of the Green Book's
// rate recommended on 30 June 2026. It is not adopted: present values at it stand
// beside those at the rate of the file, so that a reader sees what it would change.
var reviewedRate = model.Rate{Yearly: 0.03}

// presentValues lays present values out at the rate of the file and, beside it, at
// the one that was recommended. It is false for a result without series, and where
// the file has that rate itself.
func presentValues(r *montecarlo.Result) (Table, bool) {
	p := r.Version.Programme
	payments, ok := r.Quarterly.Of(montecarlo.Payments)
	avoided, also := r.Quarterly.Of(montecarlo.Avoided)
	if !ok || !also || p.DiscountRate == reviewedRate {
		return Table{}, false
	}
	t := Table{
		Title: "Present values at the start, central projection, at two discount rates",
		Columns: append(textColumns(""), figureColumns(
			"undiscounted", "at the file's rate, "+p.DiscountRate.String(), "at "+reviewedRate.String())...),
		Notes: []string{"The review of the Green Book's rate of 30 June 2026 recommends " + words.Rate(reviewedRate.Yearly) + " real for the first 30 years. It is not adopted: 3.5% real stays, and the other column shows what the change would do."},
	}
	var paid, saved []float64
	for _, rate := range []float64{0, p.DiscountRate.In(r.Prices, p.Inflation), reviewedRate.In(r.Prices, p.Inflation)} {
		factors := finance.DiscountFactors(p.Start, r.Quarters, rate)
		paid = append(paid, finance.PresentValue(inPence(payments.Central), factors))
		saved = append(saved, finance.PresentValue(inPence(avoided.Central), factors))
	}
	row := func(label string, of func(paid, saved float64) Cell) {
		cells := []Cell{text(label)}
		for i := range paid {
			cells = append(cells, of(paid[i], saved[i]))
		}
		t.add(cells...)
	}
	row("Gross avoided cost", func(_, saved float64) Cell { return money(saved / 100) })
	row("Outcome payments", func(paid, _ float64) Cell { return money(paid / 100) })
	row("Net public saving", func(paid, saved float64) Cell { return money((saved - paid) / 100) })
	row("Gross avoided cost for each £1 paid", func(paid, saved float64) Cell {
		if paid == 0 {
			return none()
		}
		return figure(saved/paid, montecarlo.Ratio)
	})
	return t, true
}

// inPence is a series of the central ledger in whole pence. The totals of the page are
// sums of these: half a pound rounds the same way in both.
func inPence(pounds []float64) []float64 {
	var pence []float64
	for _, v := range pounds {
		pence = append(pence, math.Round(100*v))
	}
	return pence
}
