package report

import (
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Offer is one bidder's offer, run in some cases.
type Offer struct {
	Name string
	// Cases are the names of the cases, the same for all offers, and Results
	// the offer's results in the same order.
	Cases   []string
	Results []*montecarlo.Result
}

// programme is that of the offer's first case.
func (o Offer) programme() *model.Programme { return o.Results[0].Version.Programme }

// Bids lays offers side by side as a committee compares them: affordability,
// value and risk, in every case. All offers must be for the same contract and
// must have been run in the same cases; one that has not is an error.
func Bids(offers []Offer) ([]Table, error) {
	if err := areComparable(offers); err != nil {
		return nil, err
	}
	first := offers[0]
	of := everyResult(offers)
	t := Table{
		Title:   titleOf(first.Results[0].Version) + ": offers side by side",
		About:   []string{runLineOver(first.Results[0].Conventions, " of each case", over(of...))},
		Columns: textColumns("", "case"),
		Notes:   bidNotes(offers),
	}
	for _, o := range offers {
		t.Columns = append(t.Columns, Column{Heading: o.Name})
	}
	parts := bidParts(rangeName(first.Results[0]), over(of...))
	if allDeliver(offers) {
		parts = append(parts, deliveryPart(offers))
	}
	for _, part := range parts {
		t.heading(part.heading)
		for _, row := range part.rows {
			for i, name := range first.Cases {
				cells := []Cell{text(row.label), text(name)}
				for _, o := range offers {
					cells = append(cells, row.cell(o.Results[i]))
				}
				t.Rows = append(t.Rows, Row{Indent: row.indent, Cells: cells})
			}
		}
	}
	tables, differ := []Table{t}, differing(offers)
	if len(differ.Rows) > 0 {
		tables = append(tables, differ)
	}
	return inCurrency(first.Results[0].Version.Programme, append(modelled(tables...), bidSheet(offers, t, differ))...), nil
}

// everyResult are the results of all offers.
func everyResult(offers []Offer) (all []*montecarlo.Result) {
	for _, o := range offers {
		all = append(all, o.Results...)
	}
	return all
}

// areComparable says why offers cannot be laid side by side.
func areComparable(offers []Offer) error {
	if len(offers) == 0 {
		return errors.New("there is no offer to lay out")
	}
	first := offers[0]
	for _, o := range offers {
		if len(o.Results) == 0 || len(o.Results) != len(o.Cases) || !slices.Equal(o.Cases, first.Cases) {
			return fmt.Errorf("offer %q has not been run in the cases of offer %q: %s", o.Name, first.Name, words.And(first.Cases))
		}
		for _, r := range o.Results {
			if r == nil || !readable(r.Version) {
				return fmt.Errorf("a result of offer %q is missing: give %s", o.Name, whatRunReturns)
			}
		}
		if !sameContract(first.programme(), o.programme()) {
			return fmt.Errorf("offers %q and %q are not for the same contract: their councils, start or end differ", first.Name, o.Name)
		}
		if err := first.programme().SameCurrency(o.programme()); err != nil {
			return fmt.Errorf("offers %q and %q: %w", first.Name, o.Name, err)
		}
	}
	return nil
}

// bidNotes say how the figures were made, and warn of each offer.
func bidNotes(offers []Offer) []string {
	var runs []labelled
	var all []string
	names, numbered := shortNames(offers)
	for k, o := range offers {
		for i, r := range o.Results {
			runs = append(runs, labelled{offerCase(names[k], o.Cases[i]), r})
		}
		for _, caution := range cautions(o.programme(), o.Results[0].Prices) {
			if !slices.Contains(all, caution) {
				all = append(all, caution)
			}
		}
	}
	all = slices.Concat(notes(runs), []string{checkNote(runs)}, warnings(runs), all)
	if numbered {
		all = append([]string{"Offers are numbered from left to right."}, all...)
	}
	return all
}

// offerCase names a case of an offer, which may have but one, without a name.
func offerCase(offer, name string) string {
	if name == "" {
		return offer
	}
	return offer + ", " + name
}

// shortNames are what notes call offers: their names, or their numbers if a name
// is too long to be repeated.
func shortNames(offers []Offer) (names []string, numbered bool) {
	for _, o := range offers {
		numbered = numbered || len(o.Name) > 24
		names = append(names, o.Name)
	}
	if numbered {
		for i := range names {
			names[i] = fmt.Sprintf("offer %d", i+1)
		}
	}
	return names, numbered
}

// allDeliver reports whether every offer states delivery terms.
func allDeliver(offers []Offer) bool {
	return !slices.ContainsFunc(offers, func(o Offer) bool { return o.programme().Delivery == nil })
}

// sameContract reports whether two programmes have the same councils and dates.
func sameContract(a, b *model.Programme) bool {
	return a.Start == b.Start && a.Weeks == b.Weeks && slices.Equal(a.Shape().Commissioners, b.Shape().Commissioners)
}

// bidPart is one of the questions of a committee.
type bidPart struct {
	heading string
	rows    []line
}

// bidParts are what a committee asks: can we afford it, is it worth it, what
// can go wrong. Ranges are named, and said to be over something.
func bidParts(rangeName, over string) []bidPart {
	return []bidPart{
		{"Affordability", []line{
			ofTotal("Outcome payments, mean", montecarlo.Payments, "", mean),
			ofTotal("Outcome payments not exceeded in 95% of replications, "+over, montecarlo.Payments, "", upper),
			ofResult("Councils' own payments, central", func(r *montecarlo.Result) Cell { return money(councilsPay(r.Budgets)) }),
			ofResult("Councils' own payments in their most expensive year, central", func(r *montecarlo.Result) Cell {
				most, _ := dearestYear(r.Budgets)
				return money(most)
			}),
			ofResult("Councils' most expensive year, central", func(r *montecarlo.Result) Cell {
				_, year := dearestYear(r.Budgets)
				return text(year.String())
			}),
			ofEvent("Probability that the contract cap is reached, "+over, montecarlo.CapReached, "", chance),
		}},
		{"Value", []line{
			ofTotal("Gross avoided cost, mean", montecarlo.Avoided, "", mean),
			ofTotal("Net public saving, mean", montecarlo.NetPublic, "", mean),
			ofTotal("Cashable saving less all payments, mean", montecarlo.NetCashable, "", mean),
			ofTotal("Benefit-cost ratio, of mean present values", montecarlo.BenefitCost, "", mean),
			ofResult("Payments per child started, mean", perChild),
		}},
		{"Risk", []line{
			ofEvent("Probability of no net public saving, "+over, montecarlo.Saves, "", noChance),
			ofEvent("Probability that cashable saving stays below all payments, "+over, montecarlo.CashableSaves, "", noChance),
			ofTotal("Net public saving, "+rangeName+", "+over, montecarlo.NetPublic, "", spread),
			ofEvent("Probability of too few referrals, "+over, montecarlo.TooFewReferred, "", chance),
		}},
	}
}

// deliveryPart is what a committee asks of offers that say what delivery costs.
func deliveryPart(offers []Offer) bidPart {
	var versions []*scenario.Version
	for _, o := range offers {
		versions = append(versions, o.Results[0].Version)
	}
	return bidPart{"Delivery and capital, on " + costsFrom(versions...), []line{
		ofTotal("Cost of delivery, mean", montecarlo.DeliveryCost, "", mean),
		ofTotal("Surplus: receipts less cost of delivery, mean", montecarlo.Surplus, "", mean),
		ofTotal("Facility needed for 95% confidence, "+over(everyResult(offers)...), montecarlo.FacilityNeeded, "", upper),
		ofEvent("Probability of a shortfall beyond the facility, "+over(everyResult(offers)...), montecarlo.FacilityShort, "", chance),
	}}
}

// ofResult is a line that every result has.
func ofResult(label string, cell func(*montecarlo.Result) Cell) line {
	return line{label: label, has: func(*montecarlo.Result) bool { return true }, cell: cell}
}

// upper is the 95% quantile of a total.
func upper(s montecarlo.Summary) Cell {
	for _, q := range s.Quantiles {
		if q.P == 0.95 {
			return figure(q.Value, s.Unit)
		}
	}
	return none()
}

// councilsPay is what the councils pay themselves over all years, in £.
func councilsPay(budgets []finance.Budget) float64 {
	sum := 0.0
	for _, b := range budgets {
		for _, y := range b.Years {
			sum += y.OwnPayments.InexactFloat64()
		}
	}
	return sum
}

// dearestYear is the financial year in which the councils together pay most, the
// first of equals, and what they pay in it, in £.
func dearestYear(budgets []finance.Budget) (most float64, year calendar.FinancialYear) {
	if len(budgets) == 0 {
		return 0, 0
	}
	for i, y := range budgets[0].Years {
		sum := 0.0
		for _, b := range budgets {
			sum += b.Years[i].OwnPayments.InexactFloat64()
		}
		if sum > most || year == 0 {
			most, year = sum, y.Year
		}
	}
	return most, year
}

// perChild is what is paid for each child that starts, on average: the mean
// payments over the mean number of children started.
func perChild(r *montecarlo.Result) Cell {
	paid, _ := r.Totals.Of(montecarlo.Payments)
	started, _ := r.Totals.Of(montecarlo.Started)
	if started.Mean == 0 {
		return none()
	}
	return money(paid.Mean / started.Mean)
}

// mostDiffering is how many inputs are listed in which offers differ.
const mostDiffering = 40

// differing lists the inputs in which offers differ, as written.
func differing(offers []Offer) Table {
	t := Table{
		Title:   "What differs between the offers",
		About:   []string{caseLine(offers[0].Results[0].Version)},
		Columns: textColumns("input"),
	}
	var paths []model.Path
	values := make([]map[model.Path]string, len(offers))
	for i, o := range offers {
		t.Columns = append(t.Columns, Column{Heading: o.Name, Text: true})
		values[i] = map[model.Path]string{}
		for _, in := range inputs(o.programme()) {
			values[i][in.Path] = in.Value
			if !slices.Contains(paths, in.Path) {
				paths = append(paths, in.Path)
			}
		}
	}
	more := 0
	for _, path := range paths {
		cells, same := []Cell{text(string(path))}, true
		for i := range offers {
			v, ok := values[i][path]
			if !ok {
				v = noFigure
			}
			cells = append(cells, text(v))
			same = same && v == cells[1].Text
		}
		switch {
		case same:
		case len(t.Rows) == mostDiffering:
			more++
		default:
			t.add(cells...)
		}
	}
	if more > 0 {
		t.Notes = []string{words.Count(float64(more)) + " more inputs differ: edgeofcare show lists all inputs of an offer."}
	}
	return t
}
