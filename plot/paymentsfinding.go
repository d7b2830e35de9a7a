package plot

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// paymentsFound says how actual payments compare with the first plan and with what the
// cases expect, over the same quarters; without any, how much is paid, what share of the
// cap that is, and by when half of it.
func paymentsFound(p *model.Programme, results []*montecarlo.Result, all []payments) string {
	var plan, actual *payments
	var cases []*payments
	for i := range all {
		switch l := &all[i]; {
		case l.actual:
			actual = l
		case l.modelled:
			cases = append(cases, l)
		case plan == nil:
			plan = l
		}
	}
	switch {
	case actual != nil && plan != nil:
		return againstPlan(results, plan, actual, cases)
	case actual != nil:
		return againstCases(results, actual, cases)
	case len(cases) > 1:
		return casesApart(results, cases)
	}
	return paidInAll(p, results[0], cases[0])
}

// againstPlan compares actual payments to date with the first plan, and with what the
// cases expect by then; of a case that was fitted to them and goes on it says what it comes to in
// all.
func againstPlan(results []*montecarlo.Result, plan, actual *payments, cases []*payments) string {
	quarters := againstWhich(plan, actual)
	paid, planned := actual.over(quarters), plan.over(quarters)
	if len(quarters) == 0 || planned <= 0 {
		return againstCases(results, actual, cases)
	}
	share := whole(paid / planned)
	text := "Payments to date are " + share + " of " + words.Small(plan.name)
	var shares []float64
	for _, c := range cases {
		shares = append(shares, c.over(quarters)/planned)
	}
	low, high := lowestHighest(shares)
	expected := span(whole(low), whole(high))
	if len(cases) > 1 {
		return brief(text+", against "+expected+" in the cases", text)
	}
	who := theCase(results[0].Version)
	switch in := after("in", who); {
	case cases[0].fitted && cases[0].from(actual.quarters[len(actual.quarters)-1].Add(1)) > 0.005*total(plan.y):
		all := cases[0].from(plan.quarters[0]) / plan.from(plan.quarters[0])
		return brief(text+"; in all "+who+" reaches "+whole(all), text)
	case expected == share:
		return brief(text+", as "+in+" by then", text)
	default:
		return brief(text+", against "+expected+" "+in, text)
	}
}

// againstCases compares actual payments with what the cases expect in the same quarters.
func againstCases(results []*montecarlo.Result, actual *payments, cases []*payments) string {
	var sums []float64
	for _, c := range cases {
		sums = append(sums, c.over(actual.quarters))
	}
	low, high := lowestHighest(sums)
	who := "in the cases"
	if len(cases) == 1 {
		who = after("in", theCase(results[0].Version))
	}
	last := actual.quarters[len(actual.quarters)-1]
	text := "Payments to " + last.String() + " come to " + money(actual.over(actual.quarters))
	if len(cases) == 1 && cases[0].fitted {
		return brief(text+"; in all "+theCase(results[0].Version)+" reaches "+money(total(cases[0].y)), text)
	}
	return brief(text+", against "+span(money(low), money(high))+" "+who, text)
}

// casesApart says how far the sums of several cases are apart.
func casesApart(results []*montecarlo.Result, cases []*payments) string {
	least, most := 0, 0
	for i, c := range cases {
		if total(c.y) < total(cases[least].y) {
			least = i
		}
		if total(c.y) > total(cases[most].y) {
			most = i
		}
	}
	low, high := total(cases[least].y), total(cases[most].y)
	if money(low) == money(high) {
		return "Every case pays " + money(high) + " in all"
	}
	text := fmt.Sprintf("%s pays %s in all, %s of what %s does", words.Capital(namedCase(results[least].Version)), money(low), whole(low/high), namedCase(results[most].Version))
	return brief(text, fmt.Sprintf("The cases pay %s to %s in all", money(low), money(high)))
}

// paidInAll says what one case pays and by when half of it is paid.
func paidInAll(p *model.Programme, result *montecarlo.Result, one *payments) string {
	sum := total(one.y)
	half, ok := one.half()
	if !ok {
		return "Nothing is paid " + inCase(result.Version)
	}
	who := words.Capital(theCase(result.Version))
	text := who + " pays " + money(sum) + " in all"
	ways := []string{text + ", half of it by " + half.String(), text}
	if limit, ok := capped(p); ok && limit > 0 && sum < limit-0.5 {
		ways = append([]string{fmt.Sprintf("%s pays %s in all, %s of the cap, and half of it by %s", who, money(sum), whole(sum/limit), half)}, ways...)
	}
	return brief(ways...)
}

// half is the quarter by whose end half of a line's payments are made.
func (l payments) half() (by calendar.Quarter, ok bool) {
	sum, sofar := total(l.y), 0.0
	for i, q := range l.quarters {
		if sofar += l.y[i]; sum > 0 && sofar >= sum/2 {
			return q, true
		}
	}
	return by, false
}

// againstWhich are the quarters over which what was paid is a share of a plan: those that both
// have and, of a plan that has ended, those after it, in which nothing more was planned.
func againstWhich(plan, actual *payments) []calendar.Quarter {
	all := shared(plan, actual)
	for _, q := range actual.quarters {
		if len(all) > 0 && q > plan.quarters[len(plan.quarters)-1] {
			all = append(all, q)
		}
	}
	return all
}

// shared are the quarters that two lines both have.
func shared(a, b *payments) (both []calendar.Quarter) {
	for _, q := range a.quarters {
		if b.has(q) {
			both = append(both, q)
		}
	}
	return both
}
