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
// replications, and the probability that the facility is too small for all it must
// pay. The densities of all cases have the same area.
//
// The requirement does not depend on the terms of a facility. The facility is drawn
// beside it only if it pays neither fees nor interest.
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
		Subtitle: setting("Capital requirement, £"+besideFacility(results)+"; "+covering("densities", conventionsOf(results)...),
			p, results[0].Conventions.PriceBase, versionsOf(results)...),
		Columns: []string{"case", "mean, £", "5%, £", "median, £", "95%, £", "facility, £", "probability that the facility is too small"},
	}
	facility, limited := commitment(p)
	alike := same(results, committed)
	s := ridges{threshold: math.Inf(1), below: middle, above: mix(alert, paper, 0.15), line: dashed(alert), write: money, ticks: moneyTicks(), worse: true, named: true, tails: true}
	drawn := besideFacility(results) == ""
	if limited && alike && drawn {
		s.threshold, s.called = facility, "Facility "+money(facility)
	}
	var said []string
	for i, name := range versionNames(results) {
		values, err := valuesOf(results[i], montecarlo.CapitalRequirement)
		if err != nil {
			return nil, err
		}
		r := newRidge(values, 1)
		r.name = words.Capital(name)
		text := fmt.Sprintf("%s: mean %s, median %s, 90%% of replications from %s to %s", r.name, words.Pounds(r.mean), words.Pounds(r.median), words.Pounds(r.low), words.Pounds(r.high))
		facility, _ := commitment(results[i].Version.Programme)
		short, limited := chanceTooSmall(results[i])
		if limited {
			r.beside = []string{"Facility too small: " + roughly(short)}
			if !alike || !drawn {
				r.beside = append(r.beside, "facility "+money(facility))
			}
			text += fmt.Sprintf("; its facility of %s is too small in %s of them", words.Pounds(facility), likely(short))
		} else {
			facility, short.Probability = math.NaN(), math.NaN()
		}
		f.row(r.name, r.mean, r.low, r.median, r.high, facility, Share(short.Probability))
		s.rows, said = append(s.rows, r), append(said, text+".")
	}
	s.tips(f, said)
	if limited && alike && drawn {
		said = append(said, fmt.Sprintf("The facility is %s.", words.Pounds(facility)))
	}
	f.Note = note(p, nil, sentences(simulated(results)+leftOut(results, "rates and costs"), "The capital requirement is the most that costs of delivery run ahead of receipts", tooSmallSaid(results), s.cutSaid()),
		append([]kind{commitments}, whatWasFinanced...)...)
	f.Title = requirementFound(p.Currency, s, chancesTooSmall(results), facility, limited && alike)
	f.Panels, f.Summary = []Panel{{Plot: s.plot()}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// requirementFound says how likely a facility of one size is to be too small; without one
// it has what is needed at the median.
func requirementFound(currency string, s ridges, often []chanceAbove, facility float64, alike bool) string {
	if alike {
		return tooSmallFound(currency, often, facility)
	}
	low, high := s.rows[0].median, s.rows[0].median
	for _, r := range s.rows {
		low, high = min(low, r.median), max(high, r.median)
	}
	return "The median capital requirement is " + span(money(low), money(high))
}
