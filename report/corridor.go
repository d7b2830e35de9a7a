package report

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// corridor sets the price of each metric between what it costs to deliver a unit and
// what a unit is worth to the payer (GO Lab: a price lies between the two). Metrics that
// pay for the same children share what is avoided for them, and all metrics the cost of
// delivery, in proportion to their claims: so both are the price × a ratio of totals.
func corridor(r *montecarlo.Result) (Table, bool) {
	p := r.Version.Programme
	t := Table{
		Title:   "A price lies between cost of delivery and value: for a unit of each metric, mean and 5% to 95%",
		Columns: append(textColumns("metric", "unit"), figureColumns("cost of delivery", "range", "price paid", "value to the payer", "range")...),
		Notes: []string{
			"Value to the payer: gross avoided cost in the tracking window of the children whom the metric pays for, for each £1 claimed for them, times the price. It is what all public bodies avoid, cashable or not, and no other good that the outcome does.",
			"Cost of delivery: all costs of delivery over all claims, times the price; without interest and return. Prices paid are before caps. Each is a ratio of means, and its range over replications in which a unit is earned, on common random numbers " + over(r) + ".",
		},
	}
	costs, delivered := r.Totals.Of(montecarlo.DeliveryCost)
	all, _ := r.Totals.Of(montecarlo.Claims)
	for _, m := range p.Contract.Metrics {
		claims, ok := r.Totals.Of(montecarlo.Claims, m.Name)
		units, counted := r.Totals.Of(montecarlo.PaidUnits, m.Name)
		if !ok || !counted || claims.Mean <= 0 || units.Mean <= 0 {
			continue
		}
		price := claims.Mean / units.Mean
		each := prices(r.Values(montecarlo.Claims, m.Name), r.Values(montecarlo.PaidUnits, m.Name))
		cells := []Cell{text(m.Name), text(unitOf(m).One), none(), none(), pence(price)}
		if delivered {
			cells[2] = pence(price * costs.Mean / all.Mean)
			cells[3] = ratioRange(each, r.Values(montecarlo.DeliveryCost), r.Values(montecarlo.Claims))
		}
		avoided, claimed := sharedBy(r, m)
		cells = append(cells, pence(price*avoided.mean/claimed.mean), ratioRange(each, avoided.values, claimed.values))
		t.add(cells...)
	}
	if !delivered {
		t.Notes = append(t.Notes, "The file has no delivery terms, so what a unit costs to deliver is not known.")
	}
	if r.Values(montecarlo.Claims) == nil {
		t.Notes = append(t.Notes, "There are no ranges, because this result does not have its replications: it was read back, or there were too many to keep.")
	}
	return t, len(t.Rows) > 0
}

// total is a figure over replications; values is nil where they are not kept.
type total struct {
	mean   float64
	values []float64
}

// add adds a total of a result.
func (s *total) add(r *montecarlo.Result, name, of, pairing string) {
	one, _ := r.Totals.Of(name, of)
	s.mean += one.Mean
	values := r.Values(name, of)
	if paired := r.Values(name, of, "", pairing); pairing != "" && paired != nil {
		values = paired
	}
	if s.values == nil {
		s.values = slices.Clone(values)
		return
	}
	for i := range min(len(s.values), len(values)) {
		s.values[i] += values[i]
	}
}

// sharedBy is what is avoided for the children whom a metric pays for, and what is
// claimed for them under all metrics.
func sharedBy(r *montecarlo.Result, m contract.Metric) (avoided, claimed total) {
	whole, _ := r.Totals.Of(montecarlo.Avoided)
	for _, cohort := range m.Cohorts {
		avoided.add(r, montecarlo.Avoided, cohort, whole.Pairing)
	}
	for _, other := range r.Version.Programme.Contract.Metrics {
		if slices.ContainsFunc(other.Cohorts, func(c string) bool { return slices.Contains(m.Cohorts, c) }) {
			claimed.add(r, montecarlo.Claims, other.Name, "")
		}
	}
	return avoided, claimed
}

// prices are what is claimed for a unit in each replication; not a number where none is
// earned.
func prices(claims, units []float64) []float64 {
	each := make([]float64, min(len(claims), len(units)))
	for i := range each {
		each[i] = claims[i] / units[i]
	}
	return each
}

// ratioRange is the range from 5% to 95% of a price times one figure over another, by
// replication; none where replications are not kept.
func ratioRange(price, over, under []float64) Cell {
	var ratios []float64
	for i := range min(len(price), len(over), len(under)) {
		if ratio := price[i] * over[i] / under[i]; !math.IsNaN(ratio) && !math.IsInf(ratio, 0) {
			ratios = append(ratios, ratio)
		}
	}
	if len(ratios) == 0 {
		return none()
	}
	slices.Sort(ratios)
	at := func(p float64) float64 { return ratios[orderstatistic.At(len(ratios), p)] }
	low, high := at(0.05), at(0.95)
	return Cell{Text: words.Pounds(low) + " to " + words.Pounds(high), Low: &low, High: &high, Unit: unitPounds}
}
