package report

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// parties are those who put in capital in any of the cases, the consortium
// first.
func (v *investment) parties() []string {
	var all []string
	for _, r := range v.results {
		for _, one := range r.Ranked {
			if one.Name == montecarlo.InternalRate && !slices.Contains(all, one.Of) {
				all = append(all, one.Of)
			}
		}
	}
	return all
}

// returnQuantiles are the quantiles of returns: the bad end, the median and the
// good end.
var returnQuantiles = []float64{0.05, 0.50, 0.95}

// consortium says what all together put in and get back.
func (v *investment) consortium() {
	const party = finance.Consortium
	if !slices.Contains(v.parties(), party) {
		return
	}
	v.table.heading("Consortium: all investors, with whoever met a shortfall")
	v.add(v.mean("Paid in, mean", montecarlo.PaidIn, party))
	v.add(v.mean("Received, mean", montecarlo.Received, party))
	v.row("Money multiple, central", rankCentral(montecarlo.MoneyMultiple, party))
	v.part("P5 / P50 / P95", rankAt(montecarlo.MoneyMultiple, party, returnQuantiles...))
	v.row("IRR a year ("+kindOfRate(v.results[0].Prices)+"), central", rankCentral(montecarlo.InternalRate, party))
	v.part("P5 / P50 / P95", rankAt(montecarlo.InternalRate, party, returnQuantiles...))
	if v.undefined(party) {
		of := func(share func(montecarlo.Ranked) Cell) func(*montecarlo.Result) Cell {
			return func(r *montecarlo.Result) Cell {
				if rank, ok := r.Ranked.Of(montecarlo.InternalRate, party); ok {
					return share(rank)
				}
				return none()
			}
		}
		v.part("replications that have an IRR", of(defined))
		v.part("of the others, those that lose money", of(losing))
	}
	v.add(ofEvent("Probability of a loss, "+over(v.results...), montecarlo.LosesMoney, party, chanceErr))
	if hurdle, ok := v.hurdle(); ok {
		v.add(ofEvent("Probability of earning less than the hurdle, "+hurdle+", "+over(v.results...), montecarlo.MissesHurdle, party, chanceErr))
	}
}

// defined is the share of replications that have a rate of return.
func defined(r montecarlo.Ranked) Cell {
	return chance(montecarlo.ProbabilityOf{Probability: r.Defined, Replications: r.Replications})
}

// losing is the share that loses money of the replications without a rate of return;
// none if all have one.
func losing(r montecarlo.Ranked) Cell {
	n := float64(r.Replications)
	without := int(math.Round(n * (1 - r.Defined)))
	if without == 0 {
		return none()
	}
	return chance(montecarlo.ProbabilityOf{Probability: math.Round(n*r.Lost) / float64(without), Replications: without})
}

// investors says what each investor puts in and gets back in each case.
func (v *investment) investors() Table {
	t := Table{
		Title: "Each investor on its own",
		About: []string{"Ranges and probabilities are " + over(v.results...)},
		Columns: append(textColumns(""), figureColumns(
			"paid in, mean", "received, mean", "multiple, central", "multiple, P50", "IRR ("+kindOfRate(v.results[0].Prices)+"), central", "IRR, P5 / P50 / P95", "probability of a loss")...),
	}
	_, hurdle := v.hurdle()
	if hurdle {
		t.Columns = append(t.Columns, Column{Heading: "probability of earning less than the hurdle"})
	}
	for _, party := range v.parties() {
		if party == finance.Consortium {
			continue
		}
		t.add(text(v.called(party)))
		for _, r := range v.results {
			if _, ok := r.Ranked.Of(montecarlo.InternalRate, party); ok {
				t.part(v.investor(r, headingOf(r.Version), party, hurdle)...)
			}
		}
	}
	if len(t.Rows) > 0 {
		t.Notes = append(t.Notes, "A whole position is all that a party pays and receives: as an investor, for shortfalls beyond the facility and under guarantees that it has given.")
	}
	return t
}

// investor is what an investor puts in and gets back in one case.
func (v *investment) investor(r *montecarlo.Result, name, party string, hurdle bool) []Cell {
	mean := func(measure string) Cell {
		s, _ := r.Totals.Of(measure, party)
		return amountOf(s.Mean, v.scale(measure))
	}
	probability := func(event string) Cell {
		p, _ := r.Probabilities.Of(event, party)
		return chance(p)
	}
	cells := []Cell{
		text(name), mean(montecarlo.PaidIn), mean(montecarlo.Received),
		rankCentral(montecarlo.MoneyMultiple, party)(r), rankAt(montecarlo.MoneyMultiple, party, 0.50)(r),
		rankCentral(montecarlo.InternalRate, party)(r), rankAt(montecarlo.InternalRate, party, returnQuantiles...)(r),
		probability(montecarlo.LosesMoney),
	}
	if hurdle {
		cells = append(cells, probability(montecarlo.MissesHurdle))
	}
	return cells
}

// delivers reports whether an investor delivers the service.
func delivers(f *model.Facility, party string) bool {
	return f != nil && slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return i.Name == party && i.Provider })
}

// gives reports whether a party gives a grant.
func gives(f *model.Facility, party string) bool {
	return f != nil && slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return i.Name == party && f.TermsOf(i).Grant })
}

// called is a party's name with the roles that its figures are of.
func (v *investment) called(party string) string {
	for _, version := range v.versions {
		f := version.Programme.Facility
		if delivers(f, party) {
			return party + ", which delivers the service"
		}
		if gives(f, party) {
			return party + ", a grant that is never repaid"
		}
		for _, name := range finance.Positions(f) {
			if finance.WholePosition(name) == party {
				return party + " (" + words.And(roles(f, name)) + ")"
			}
		}
	}
	return party
}

// roles are what a party is to a facility.
func roles(f *model.Facility, party string) (all []string) {
	if slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return i.Name == party && i.Commitment.IsPositive() }) {
		all = append(all, "investor")
	}
	if delivers(f, party) {
		all = append(all, "finds the shortfall")
	}
	if slices.ContainsFunc(f.Covenants, func(c model.Covenant) bool { return c.StepsIn == party }) {
		all = append(all, "steps in for the shortfall")
	}
	if slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return i.Guarantee != nil && i.Guarantee.By == party }) {
		all = append(all, "guarantor")
	}
	return all
}

// rankCentral is the central projection of a figure without a mean.
func rankCentral(name, party string) func(*montecarlo.Result) Cell {
	return func(r *montecarlo.Result) Cell {
		rank, ok := r.Ranked.Of(name, party)
		if !ok {
			return none()
		}
		return centralOf(rank)
	}
}

// rankAt are quantiles of a figure without a mean.
func rankAt(name, party string, at ...float64) func(*montecarlo.Result) Cell {
	return func(r *montecarlo.Result) Cell {
		rank, ok := r.Ranked.Of(name, party)
		if !ok {
			return none()
		}
		return ranked(rank, at...)
	}
}

// undefined reports whether a party has replications without a rate of return.
func (v *investment) undefined(party string) bool {
	return slices.ContainsFunc(v.results, func(r *montecarlo.Result) bool {
		rank, ok := r.Ranked.Of(montecarlo.InternalRate, party)
		return ok && rank.Defined < 1
	})
}

// hurdle names the hurdles of the cases, and reports whether any has one.
func (v *investment) hurdle() (string, bool) {
	var all []string
	some := false
	for _, version := range v.versions {
		var hurdle model.Rate
		if f := version.Programme.Facility; f != nil {
			hurdle = f.Hurdle
		}
		some = some || hurdle.Yearly > 0
		if text := hurdle.String(); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return words.Or(all), some
}
