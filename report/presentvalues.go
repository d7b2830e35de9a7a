package report

import (
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
		paid = append(paid, finance.PresentValue(payments.Central, factors))
		saved = append(saved, finance.PresentValue(avoided.Central, factors))
	}
	row := func(label string, of func(paid, saved float64) Cell) {
		cells := []Cell{text(label)}
		for i := range paid {
			cells = append(cells, of(paid[i], saved[i]))
		}
		t.add(cells...)
	}
	row("Gross avoided cost", func(_, saved float64) Cell { return money(saved) })
	row("Outcome payments", func(paid, _ float64) Cell { return money(paid) })
	row("Net public saving", func(paid, saved float64) Cell { return money(saved - paid) })
	row("Gross avoided cost for each £1 paid", func(paid, saved float64) Cell {
		if paid == 0 {
			return none()
		}
		return figure(saved/paid, montecarlo.Ratio)
	})
	return t, true
}
