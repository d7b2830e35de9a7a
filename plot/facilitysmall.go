package plot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Every chart of capital gives the same chance that a facility is too small: that it does
// not pay all that it must. What delivery costs ahead of receipts is set beside the facility
// only where the facility pays nothing else.

// chanceTooSmall is the chance that the facility of a result is too small, and whether it
// has a limit.
func chanceTooSmall(r *montecarlo.Result) (p montecarlo.ProbabilityOf, limited bool) {
	if _, limited = commitment(r.Version.Programme); !limited {
		return p, false
	}
	return r.Probabilities.Of(montecarlo.FacilityShort, "")
}

// paysCharges reports whether a facility pays interest or fees, which come on top of the
// capital requirement.
func paysCharges(p *model.Programme) bool {
	charged := func(t model.Terms) bool { return t.EarnsInterest() || t.CommitmentFee.Yearly != 0 }
	f := p.Facility
	if f == nil {
		return false
	}
	if len(f.Investors) == 0 {
		return charged(f.Terms)
	}
	return slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return charged(f.TermsOf(i)) })
}

// besideFacility says in a subtitle whether a requirement is before what the facility pays
// on top of it, and that it is therefore not set beside the facility.
func besideFacility(results []*montecarlo.Result) string {
	if slices.ContainsFunc(results, func(r *montecarlo.Result) bool { return paysCharges(r.Version.Programme) }) {
		return " before fees and interest, so without the facility"
	}
	return ""
}

// tooSmallSaid says at the foot when a facility is too small; it is empty without one with a
// limit.
func tooSmallSaid(results []*montecarlo.Result) string {
	for _, r := range results {
		if _, limited := commitment(r.Version.Programme); limited {
			return "A facility is too small if it does not pay all that it must, with fees, interest and what is repaid before the last costs"
		}
	}
	return ""
}

// chanceAbove is how often the facility is too small in a case.
type chanceAbove struct {
	name   string // of the case
	in     string // the case, as a title has it
	chance montecarlo.ProbabilityOf
}

// chancesTooSmall are those of results that all have a facility with a limit.
func chancesTooSmall(results []*montecarlo.Result) (all []chanceAbove) {
	for _, r := range results {
		chance, _ := chanceTooSmall(r)
		all = append(all, chanceAbove{r.Version.Label(), inNamed(r.Version), chance})
	}
	return all
}

// tooSmallFound says how likely a facility of one size is to be too small, in the case in
// which that is least likely and in that in which it is most likely.
func tooSmallFound(currency string, often []chanceAbove, facility float64) string {
	least, most := often[0], often[0]
	for _, one := range often {
		if one.chance.Probability < least.chance.Probability {
			least = one
		}
		if one.chance.Probability > most.chance.Probability {
			most = one
		}
	}
	is, small := "The "+money(facility)+" facility is ", "be too small"
	if roughly(least.chance) == roughly(most.chance) {
		text := is + likelyTo(most.chance) + " " + small
		if len(often) > 1 {
			return onOneLine(currency, text+" in every case", text)
		}
		return onOneLine(currency, after(text, most.in), text)
	}
	return onOneLine(currency,
		fmt.Sprintf("%s%s (%s) to %s (%s) likely to %s", is, roughly(least.chance), least.name, roughly(most.chance), most.name, small),
		is+fromTo(least.chance, most.chance)+" to "+small)
}

// tooSmallInEach says in what share of replications a facility of one size is too small, in
// each case as long as there is room.
func tooSmallInEach(currency string, often []chanceAbove, facility float64) string {
	is := "The " + money(facility) + " facility is too small in "
	least, most := often[0].chance, often[0].chance
	var each []string
	for _, one := range often {
		if one.chance.Probability < least.Probability {
			least = one.chance
		}
		if one.chance.Probability > most.Probability {
			most = one.chance
		}
		each = append(each, fmt.Sprintf("%s (%s)", needing(one.chance), one.name))
	}
	of := is + span(needing(least), needing(most)) + " of replications"
	switch {
	case len(often) == 1:
		return onOneLine(currency, after(of, often[0].in), of)
	case needing(least) == needing(most):
		return onOneLine(currency, of+" in every case", of)
	}
	return onOneLine(currency, is+strings.Join(each, ", "), of)
}
