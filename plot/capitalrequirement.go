package plot

import (
	"fmt"
	"math"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// CapitalRequirement draws the distribution of the capital requirement, the lowest
// point of cumulative receipts less cost of delivery, over the replications of
// each case, in £: a density with the median and the range that contains 90% of
// replications, the facility, and the probability of a requirement above it. The
// densities of all cases have the same area.
//
// The requirement does not depend on the terms of a facility. A facility that is
// repaid before all costs are met may fall short more often.
// Results of a programme without delivery terms give an error that wraps
// [finance.ErrNoDelivery].
func CapitalRequirement(results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	if err := financed(results); err != nil {
		return nil, err
	}
	f := &Figure{
		Subtitle: setting("Capital requirement, £, before fees and interest of the facility; "+covering("densities", conventionsOf(results)...),
			p, results[0].Conventions.PriceBase, versionsOf(results)...),
		Columns: []string{"case", "mean, £", "5%, £", "median, £", "95%, £", "facility, £", "probability of more than the facility"},
	}
	facility, limited := commitment(p)
	alike := same(results, committed)
	s := ridges{threshold: math.Inf(1), below: middle, above: mix(alert, paper, 0.15), line: dashed(alert), write: money, ticks: moneyTicks(), worse: true, named: true, tails: true}
	if limited && alike {
		s.threshold, s.called = facility, "Facility "+money(facility)
	}
	var said []string
	var often []chanceAbove
	for i, name := range versionNames(results) {
		values, err := valuesOf(results[i], montecarlo.CapitalRequirement)
		if err != nil {
			return nil, err
		}
		r := newRidge(values, 1)
		r.name = words.Capital(name)
		text := fmt.Sprintf("%s: mean %s, median %s, 90%% of replications from %s to %s", r.name, words.Pounds(r.mean), words.Pounds(r.median), words.Pounds(r.low), words.Pounds(r.high))
		beyond, times := math.NaN(), ""
		facility, limited := commitment(results[i].Version.Programme)
		switch {
		case !limited:
			facility = math.NaN()
		case alike:
			beyond, times = oftenAbove(values, facility)
			r.beside = []string{times + " above the facility"}
			text += fmt.Sprintf(", above the facility in %s of them", times)
		default:
			beyond, times = oftenAbove(values, facility)
			r.beside = []string{times + " above " + money(facility)}
			text += fmt.Sprintf(", above its facility of %s in %s of them", words.Pounds(facility), times)
		}
		often = append(often, chanceAbove{results[i].Version.Label(), inNamed(results[i].Version), montecarlo.ProbabilityOf{Probability: beyond, Replications: len(values)}})
		f.row(r.name, r.mean, r.low, r.median, r.high, facility, beyond)
		s.rows, said = append(s.rows, r), append(said, text+".")
	}
	if limited && alike {
		said = append(said, fmt.Sprintf("The facility is %s.", words.Pounds(facility)))
	}
	f.Note = note(p, nil, sentences(simulated(results)+leftOut(results, "rates and costs"), "The capital requirement is the most that costs of delivery run ahead of receipts", s.cutSaid()),
		append([]kind{commitments}, whatWasFinanced...)...)
	f.Title = requirementFound(p.Currency, s, often, facility, limited && alike)
	f.Panels, f.Summary = []Panel{{Plot: s.plot()}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// chanceAbove is how often more than the facility is needed in a case.
type chanceAbove struct {
	name   string // of the case
	in     string // the case, as a title has it
	chance montecarlo.ProbabilityOf
}

// requirementFound says how often costs run ahead of receipts by more than the facility,
// in the case in which that is least often and in that in which it is most often; without
// a facility of one size, what is needed at the median. It does not say that the facility
// is too small, which also depends on what the facility itself must pay.
func requirementFound(currency string, s ridges, often []chanceAbove, facility float64, alike bool) string {
	low, high := s.rows[0].median, s.rows[0].median
	for _, r := range s.rows {
		low, high = min(low, r.median), max(high, r.median)
	}
	if !alike {
		return "The median capital requirement is " + span(money(low), money(high))
	}
	least, most := often[0], often[0]
	for _, one := range often {
		if one.chance.Probability < least.chance.Probability {
			least = one
		}
		if one.chance.Probability > most.chance.Probability {
			most = one
		}
	}
	pass := "pass the " + money(facility) + " facility"
	if roughly(least.chance) == roughly(most.chance) {
		text := "Costs are " + likelyTo(most.chance) + " " + pass
		if len(often) > 1 {
			return onOneLine(currency, text+" in every case", text)
		}
		return onOneLine(currency, after(text, most.in), text)
	}
	both := "Costs are " + fromTo(least.chance, most.chance) + " to " + pass
	return onOneLine(currency, fmt.Sprintf("Costs are %s (%s) to %s (%s) likely to %s", roughly(least.chance), least.name, roughly(most.chance), most.name, pass), both)
}
