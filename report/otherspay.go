package report

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// A council's saving is after its own payments alone, and the saving of all after all
// payments. What the other payers pay lies between the two, and stands between them
// wherever both are shown.

// othersPay is the label of what payers other than the councils pay, taken off; empty
// if there are none.
func othersPay(p *model.Programme) string {
	others := outsidePayers(p)
	if len(others) == 0 {
		return ""
	}
	return "less payments by " + words.And(others)
}

// paidByOthers is what payers other than the councils pay: in the central projection
// and on average.
func paidByOthers(r *montecarlo.Result) (central, mean float64) {
	for _, payer := range outsidePayers(r.Version.Programme) {
		if s, ok := r.Totals.Of(montecarlo.Payments, payer); ok {
			central, mean = central+s.Central, mean+s.Mean
		}
	}
	return central, mean
}

// ofCouncils reports whether a measure of councils is after their own payments alone.
func ofCouncils(name string) bool {
	return name == montecarlo.NetSaving || name == montecarlo.NetCashable
}

// betweenCouncilsAndAll says what lies between the savings of councils and that of
// all, where an explanation has both; empty if nothing does.
func betweenCouncilsAndAll(e *montecarlo.Explanation, b *montecarlo.Basis, parts montecarlo.Parts) string {
	others := outsidePayers(b.Version.Programme)
	if parts.By != "council" || !ofCouncils(e.Name) || e.Value == nil || len(others) == 0 {
		return ""
	}
	between := -*e.Value
	for _, total := range parts.Totals {
		between += total.Value
	}
	return "A council's figure is after its own payments alone: " + words.Pounds(between) + " paid by " + words.And(others) + " lies between the councils and the " + words.Pounds(*e.Value) + " of all together."
}
