package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Offer is one bidder's offer, run in some cases.
type Offer struct {
	Name      string
	Programme *model.Programme // of any of the cases
	Cases     *montecarlo.Comparison
}

// Bids lays offers side by side as a committee compares them: affordability,
// value and risk, in every case. All offers must have been run in the same
// cases; one that has not is an error.
func Bids(offers []Offer) ([]Table, error) {
	if len(offers) == 0 {
		return nil, fmt.Errorf("there is no offer to lay out")
	}
	columns := []string{"", "case"}
	for _, o := range offers {
		columns = append(columns, o.Name)
	}
	first := offers[0].Cases
	for _, o := range offers[1:] {
		if !sameContract(offers[0].Programme, o.Programme) {
			return nil, fmt.Errorf("offers %q and %q are not for the same contract: their commissioners, start or end differ", offers[0].Name, o.Name)
		}
	}
	c := first.Results[0].Conventions
	t := Table{
		Title:   fmt.Sprintf("%s: offers side by side\n%s replications of each case, seed %d; £ in %s", first.Title, Count(float64(c.Replications)), c.Seed, c.PriceBase),
		Columns: columns, Text: 2,
	}
	parts := bidParts
	if allDeliver(offers) {
		parts = append(slices.Clone(parts), deliveryPart(offers))
	}
	for _, part := range parts {
		t.Add(part.heading)
		for _, row := range part.rows {
			for _, name := range first.Cases {
				cells := []string{row.label, name}
				for _, o := range offers {
					r, ok := o.Cases.Result(name)
					if !ok {
						return nil, fmt.Errorf("offer %q has not been run in the %s case", o.Name, name)
					}
					cells = append(cells, row.cell(r))
				}
				t.Add(cells...)
			}
		}
	}
	seen := map[string]bool{}
	for _, o := range offers {
		for _, note := range notes(o.Cases.Results...) {
			if strings.HasPrefix(note, "Warning") {
				note = "Offer " + o.Name + ". " + note
			}
			if !seen[note] {
				t.Notes = append(t.Notes, note)
			}
			seen[note] = true
		}
	}
	if differ, ok := differing(offers); ok {
		return []Table{t, differ}, nil
	}
	return []Table{t}, nil
}

// allDeliver tells whether every offer states delivery terms.
func allDeliver(offers []Offer) bool {
	return !slices.ContainsFunc(offers, func(o Offer) bool { return o.Programme.Delivery == nil })
}

// deliveryPart is what a committee asks of offers that say what delivery costs.
func deliveryPart(offers []Offer) bidPart {
	var programmes []*model.Programme
	for _, o := range offers {
		programmes = append(programmes, o.Programme)
	}
	return bidPart{"DELIVERY AND CAPITAL, ON " + strings.ToUpper(costsFrom(programmes...)), []bidRow{
		{"Cost of delivery, mean", of(montecarlo.DeliveryCost, mean)},
		{"Surplus: receipts less cost of delivery, mean", of(montecarlo.Surplus, mean)},
		{"Facility that is enough with 95%", of(montecarlo.FacilityNeeded, upper)},
		{"Chance of a shortfall beyond the facility", chanceOf(montecarlo.FacilityShort)},
	}}
}

// mostDiffering is how many inputs are listed in which offers differ.
const mostDiffering = 40

// differing lists the inputs in which offers differ, as written, and says whether
// there are any.
func differing(offers []Offer) (Table, bool) {
	t := Table{Title: "What differs between the offers, in the " + offers[0].Programme.Case + " case", Columns: []string{"input"}, Text: 1 + len(offers), Width: 40}
	var paths []string
	values := make([]map[string]string, len(offers))
	for i, o := range offers {
		t.Columns = append(t.Columns, o.Name)
		values[i] = map[string]string{}
		for _, in := range o.Programme.Register {
			if _, published := in.Path.Under("published"); published {
				continue
			}
			path := string(in.Path)
			values[i][path] = in.Value
			if !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	more := 0
	for _, path := range paths {
		cells, same := []string{path}, true
		for i := range offers {
			v, stated := values[i][path]
			if !stated {
				v = "-"
			}
			cells = append(cells, v)
			same = same && v == cells[1]
		}
		switch {
		case same:
		case len(t.Rows) == mostDiffering:
			more++
		default:
			t.Add(cells...)
		}
	}
	if more > 0 {
		t.Notes = []string{fmt.Sprintf("%d more inputs differ: edgeofcare show lists all of an offer's.", more)}
	}
	return t, len(t.Rows) > 0
}

// sameContract tells whether two programmes have the same commissioners and
// dates.
func sameContract(a, b *model.Programme) bool {
	names := func(p *model.Programme) []string { return p.Shape().Commissioners }
	return a.Start == b.Start && a.Weeks == b.Weeks && slices.Equal(names(a), names(b))
}

type bidPart struct {
	heading string
	rows    []bidRow
}

type bidRow struct {
	label string
	cell  func(*montecarlo.Result) string
}

// bidParts are what a committee asks: can we afford it, is it worth it, what
// can go wrong.
var bidParts = []bidPart{
	{"AFFORDABILITY", []bidRow{
		{"Outcome payments, mean", of(montecarlo.Payments, mean)},
		{"  likely to stay below, with 95%", of(montecarlo.Payments, upper)},
		{"  paid by the commissioners, central", commissionersPay},
		{"  their dearest financial year, central", dearestYear},
		{"Chance that the cap is reached", chanceOf(montecarlo.CapReached)},
	}},
	{"VALUE", []bidRow{
		{"Gross avoided cost, mean", of(montecarlo.Avoided, mean)},
		{"Net public saving, mean", of(montecarlo.NetPublic, mean)},
		{"Cashable less all payments, mean", of(montecarlo.NetCashable, mean)},
		{"Benefit-cost ratio, mean", of(montecarlo.BenefitCost, mean)},
		{"Payments per child started, mean", perChild},
	}},
	{"RISK", []bidRow{
		{"Chance that the public saves nothing, at these rates", func(r *montecarlo.Result) string { return complement(r, montecarlo.Saves) }},
		{"Chance that cashable stays below payments", func(r *montecarlo.Result) string { return complement(r, montecarlo.CashableSaves) }},
		{"Net public saving, range", of(montecarlo.NetPublic, spread)},
		{"Chance of too few referrals", chanceOf(montecarlo.TooFewReferred)},
	}},
}

func of(name string, cell func(montecarlo.Summary) string) func(*montecarlo.Result) string {
	return func(r *montecarlo.Result) string {
		if s, ok := r.Total(name, ""); ok {
			return cell(s)
		}
		return "-"
	}
}

// upper is the highest quantile of a summary.
func upper(s montecarlo.Summary) string {
	if len(s.Quantiles) == 0 {
		return "-"
	}
	return value(s.Quantiles[len(s.Quantiles)-1].Value, s.Unit)
}

func chanceOf(event string) func(*montecarlo.Result) string {
	return func(r *montecarlo.Result) string {
		if p, ok := r.Probability(event, ""); ok {
			return Percent(p.Probability)
		}
		return "-"
	}
}

func complement(r *montecarlo.Result, event string) string {
	if p, ok := r.Probability(event, ""); ok {
		return Percent(1 - p.Probability)
	}
	return "-"
}

// commissionersPay is what the commissioners pay themselves, over all years.
func commissionersPay(r *montecarlo.Result) string {
	sum := 0.0
	for _, b := range r.Budgets {
		for _, y := range b.Years {
			sum += y.OwnPayments.InexactFloat64()
		}
	}
	return Money(sum)
}

// dearestYear is the year in which the commissioners together pay most.
func dearestYear(r *montecarlo.Result) string {
	best, year := 0.0, ""
	for i := range r.Budgets[0].Years {
		sum := 0.0
		for _, b := range r.Budgets {
			sum += b.Years[i].OwnPayments.InexactFloat64()
		}
		if sum > best {
			best, year = sum, r.Budgets[0].Years[i].Year.String()
		}
	}
	return Money(best) + " in " + year
}

func perChild(r *montecarlo.Result) string {
	paid, _ := r.Total(montecarlo.Payments, "")
	started, _ := r.Total(montecarlo.Started, "")
	if started.Mean == 0 {
		return "-"
	}
	return Money(paid.Mean / started.Mean)
}
