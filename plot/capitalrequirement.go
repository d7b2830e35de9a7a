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
		Title:    "Capital requirement",
		Subtitle: "£ below zero at the lowest point of cumulative receipts less cost of delivery; density over replications",
		Note: note(p, nil, simulated(results)+leftOut(results, "rates and costs"),
			append([]kind{commitments}, whatWasFinanced...)...),
		Columns: []string{"case", "mean, £", "5%, £", "median, £", "95%, £", "facility, £", "probability of more than the facility"},
	}
	facility, limited := commitment(p)
	alike := same(results, committed)
	s := ridges{threshold: math.Inf(1), below: middle, above: mix(alert, paper, 0.15), line: dashed(alert), write: money, ticks: moneyTicks()}
	if limited && alike {
		s.threshold, s.called = facility, "Facility "+money(facility)
		f.Key = []KeyEntry{{"Within the facility", box{fill: s.below}}, {"Above the facility", box{fill: s.above}}}
	}
	f.Key = append(f.Key, KeyEntry{"5% to 95%", line{style: solid(ink, 1.25)}}, KeyEntry{"Median", medianMark{}})
	var said []string
	for i, name := range versionNames(results) {
		values, err := valuesOf(results[i], montecarlo.CapitalRequirement)
		if err != nil {
			return nil, err
		}
		r := newRidge(values, 1)
		r.name = words.Capital(name)
		text := fmt.Sprintf("%s: mean %s, median %s, 90%% of replications from %s to %s", r.name, words.Pounds(r.mean), words.Pounds(r.median), words.Pounds(r.low), words.Pounds(r.high))
		beyond, often := math.NaN(), ""
		facility, limited := commitment(results[i].Version.Programme)
		switch {
		case !limited:
			facility = math.NaN()
		case alike:
			beyond, often = oftenAbove(values, facility)
			r.beside = []string{often + " above the facility"}
			text += fmt.Sprintf(", above the facility in %s of them", often)
		default:
			beyond, often = oftenAbove(values, facility)
			r.beside = []string{often + " above " + money(facility)}
			text += fmt.Sprintf(", above its facility of %s in %s of them", words.Pounds(facility), often)
		}
		f.row(r.name, r.mean, r.low, r.median, r.high, facility, beyond)
		s.rows, said = append(s.rows, r), append(said, text+".")
	}
	if limited && alike {
		said = append(said, fmt.Sprintf("The facility is %s.", words.Pounds(facility)))
	}
	f.Panels, f.Summary = []Panel{{Plot: s.plot()}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}
