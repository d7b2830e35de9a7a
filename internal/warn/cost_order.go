package warn

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// dearer is the order of unit costs that every published figure has: residential
// care costs more than foster care, and foster care more than a child at home.
var dearer = [][2]string{{"residential", "foster"}, {"foster", "reunified"}}

// costOrder warns where the order is another, with what rests on the two prices: the
// cost of care without the programme.
func (v *version) costOrder() {
	years := []calendar.FinancialYear{v.p.Start.FinancialYear()}
	for _, u := range v.p.UnitCosts {
		if u.Year != 0 && !slices.Contains(years, u.Year) {
			years = append(years, u.Year)
		}
	}
	slices.Sort(years)
	for _, pair := range dearer {
		v.cheaper(pair[0], pair[1], years)
	}
}

// cheaper warns if a state that should be the dearer one is cheaper than another for
// any council in any year. One warning names all councils.
func (v *version) cheaper(dear, cheap string, years []calendar.FinancialYear) {
	var councils []string
	var first [2]contract.UnitCost
	atStake := 0.0
	for c, council := range v.p.Commissioners {
		for _, year := range years {
			above, ok := unitCost(v.p.UnitCosts, dear, council.Name, year)
			below, alsoOK := unitCost(v.p.UnitCosts, cheap, council.Name, year)
			if !ok || !alsoOK || !above.PerWeek.LessThan(below.PerWeek) {
				continue
			}
			if len(councils) == 0 {
				first = [2]contract.UnitCost{above, below}
			}
			councils = append(councils, council.Name)
			for k := range v.p.Cohorts {
				atStake += pounds(v.central.CostsOf(contract.Tracking, contract.Counterfactual, k, c))
			}
			break
		}
	}
	if len(councils) == 0 {
		return
	}
	v.warn("cost order", "unit costs."+dear, atStake,
		"for %s a week in %s care costs %s%s, less than a week %s (%s), so a child who moves there adds cost: %s of care without the programme rests on these prices. Look whether the two are the wrong way round, or one is for a month or a day",
		words.And(councils), dear, words.Amount("£", first[0].PerWeek), v.asStated(), inWords[cheap], words.Amount("£", first[1].PerWeek), words.Pounds(atStake))
}

// inWords is where children are, in a sentence.
var inWords = map[string]string{"foster": "in foster care", "reunified": "at home"}

// unitCost is the entry in force for a state, council and year, by the rule of
// [contract.UnitCost], growth left out.
func unitCost(all []contract.UnitCost, state, council string, year calendar.FinancialYear) (best contract.UnitCost, found bool) {
	for _, u := range all {
		fits := u.State == state && u.Year <= year && (u.Commissioner == "" || u.Commissioner == council)
		own, latest := u.Commissioner != "" && best.Commissioner == "", u.Commissioner == best.Commissioner && u.Year >= best.Year
		if fits && (!found || own || latest) {
			best, found = u, true
		}
	}
	return best, found
}
